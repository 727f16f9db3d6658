"""The pure rooms: values in, values out; no Django, no I/O, no clock, no chance of its own."""
