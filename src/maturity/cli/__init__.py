"""TALKS: the command line; the only room that prints, reads the clock, or exits."""
