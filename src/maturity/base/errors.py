"""The one exception that carries bad input up to the command line."""

from collections.abc import Iterable

from maturity.base.diagnostics import Diagnostic


class RefusedError(Exception):
    """An input cannot be used; `diagnostics` name every fault with its place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics))
        super().__init__("\n".join(one.line() for one in self.diagnostics))


class UsageError(Exception):
    """A word of the command line names nothing; the message says what there is."""
