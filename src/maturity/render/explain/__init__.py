"""Report -> why one of its values is what it is, in plain sentences."""

from maturity.render.explain.explanation import explanation

__all__ = ["explanation"]
