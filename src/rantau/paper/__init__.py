"""Printed documents: values in, bytes out; no rows, no settings, no clock, no network."""
