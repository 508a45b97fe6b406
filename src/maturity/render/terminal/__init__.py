"""Report -> what a terminal shows."""

from maturity.render.terminal.assessment import terminal

__all__ = ["terminal"]
