"""The one exception that carries bad input up to the command line."""

from collections.abc import Iterable

from maturity.base.diagnostics import Diagnostic


class RefusedError(Exception):
    """An input cannot be used; `diagnostics` name every fault with its place.

    `may_hide` where they kept something from being looked at.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], *, may_hide: bool = False) -> None:
        self.diagnostics = tuple(sorted(diagnostics))
        self.may_hide = may_hide
        super().__init__("\n".join(one.line() for one in self.diagnostics))


class UsageError(Exception):
    """A word of the command line names nothing.

    `key` is the sentence of the catalogs (section `usage`) that says so, `hint` the one that says
    what there is instead; `parameters` belong to both.
    """

    def __init__(self, key: str, hint: str | None = None, **parameters: object) -> None:
        self.key = key
        self.hint = hint
        self.parameters = parameters
        super().__init__(" ".join((key.replace("-", " "), str(parameters))))
