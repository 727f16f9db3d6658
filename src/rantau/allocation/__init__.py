"""Who goes where: wishes among fields and postings, exemptions, rounds of the decision, answers, rising."""
