"""maturity: how mature is a public-private partnership in a smart city, seen from both sides."""

__version__ = "0.1.0"
