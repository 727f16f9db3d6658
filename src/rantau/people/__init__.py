"""Persons, organisations, roles on a programme, consent, and the vault that seals what must stay secret."""
