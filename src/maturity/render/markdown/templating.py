"""A template and its context -> text. Whatever a template prints is escaped for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources
from traceback import walk_tb
from typing import Final

from jinja2 import (
    BaseLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.places import Place
from maturity.render.markdown.escaping import escaped

OWN: Final = "report.md.jinja"
"""The template that comes with the product."""

_FOREIGN: Final = "<user's template>"

GUIDE: Final = "docs/guide/templates.md says what a template can use"

FILTERS: Final = (
    *("batch", "count", "d", "default", "dictsort", "first", "groupby", "int", "items", "last"),
    *("length", "list", "map", "max", "min", "reject", "rejectattr", "round", "select"),
    *("selectattr", "sort", "unique"),
)
"""The filters offered: those that hand values on. The others would undo the escaping."""


def fill(context: Mapping[str, object]) -> str:
    """Our own template filled with a context."""
    return _Environment().get_template(OWN).render(context)


def fill_foreign(context: Mapping[str, object], template: str, shown: str) -> str:
    """A user's template filled with a context; it may extend or include ours.

    Raises:
        RefusedError: the template is not one, or fails; `shown` names it in the message.
    """
    try:
        return _Environment(template, shown).get_template(_FOREIGN).render(context)
    except Exception as error:  # whatever a template does, it is the template's fault
        raise RefusedError([_fault(error, shown)]) from error


def printed(value: object) -> Markup:
    """What a template prints, escaped unless the template itself has put it together.

    Raises:
        TypeError: the value is no text and no number.
    """
    match value:
        case Markup():
            return value
        case None:
            return Markup()
        case str() | int() | float():
            return Markup(escaped(str(value)))  # noqa: S704 - escaped for Markdown
        case Undefined():
            return Markup(str(value))  # noqa: S704 - raises, and says what is missing
    raise TypeError(f"a {type(value).__name__} cannot be printed; print its parts")


def joined(values: Iterable[object], between: str = "") -> Markup:
    """Values one after the other, each escaped by itself."""
    return _piece(between).join(_piece(value) for value in values)


def _piece(value: object) -> Markup:
    """A part of a line: a blank at its ends stays, for others stand beside it."""
    if isinstance(value, Markup) or not isinstance(value, str) or not value:
        return printed(value)
    before, after = (" " if end.isspace() else "" for end in (value[0], value[-1]))
    shown = escaped(value)
    return Markup(f"{before}{shown}{after}" if shown else " ")  # noqa: S704 - escaped


class _Loader(BaseLoader):
    """The templates of the product, and the user's one; nothing else of the disk."""

    def __init__(self, foreign: str, shown: str) -> None:
        self.foreign = foreign
        self.shown = shown

    def get_source(self, environment: object, template: str) -> tuple[str, str, None]:
        if template == _FOREIGN:
            return self.foreign, self.shown, None
        file = resources.files("maturity.render").joinpath("templates").joinpath(template)
        if "/" in template or not template.endswith(".jinja") or not file.is_file():
            raise TemplateNotFound(template)
        return file.read_text(encoding="utf-8"), template, None


class _Generator(CodeGenerator):
    """Lets `~` escape its parts for Markdown; the original would do it for HTML."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class _Environment(ImmutableSandboxedEnvironment):
    """Escapes for Markdown what is printed, and keeps templates from undoing it by accident.

    Jinja's mark for safe text stands for "is Markdown already" here: what a template has put
    together itself (macros, `set` blocks). Operations that would escape for HTML are
    replaced or not offered.
    """

    intercepted_binops = frozenset({"+", "%", "*"})
    code_generator_class = _Generator
    joined = staticmethod(joined)

    def __init__(self, foreign: str = "", shown: str = "") -> None:
        super().__init__(
            loader=_Loader(foreign, shown),
            autoescape=True,
            finalize=printed,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.filters = {name: JINJA_FILTERS[name] for name in FILTERS} | {"join": joined}
        self.globals.pop("lipsum")

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        return not isinstance(obj, str) and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        if not isinstance(left, Markup) and not isinstance(right, Markup):
            return super().call_binop(context, operator, left, right)
        if operator != "+":
            raise SecurityError(f"{operator} is not offered on Markdown")
        return joined((left, right))


def _fault(error: Exception, shown: str) -> Diagnostic:
    said = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    message = f"the template cannot be used: {said or type(error).__name__}"
    return Diagnostic.of(Code.TEMPLATE, Place(shown, _line(error, shown), 1), message, GUIDE)


def _line(error: Exception, shown: str) -> int:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [
        line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == shown
    ]
    return lines[-1] if lines else 1
