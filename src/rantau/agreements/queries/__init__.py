"""Reading what the parties agree, ask each other and owe each other."""
