"""Rantau: international train-then-work programmes, from the announcement to the kept promise."""

__version__ = "0.1.0"
