"""Rantau: international train-then-work programmes, from the announcement to the kept promise."""
