"""A template and its context -> text. Whatever a template prints is escaped for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
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
    meta,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS as JINJA_FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.nearest import nearest
from maturity.base.places import Place
from maturity.render.markdown.escaping import escaped

OWN: Final = "report.md.jinja"
"""The template that comes with the product."""

_FOREIGN: Final = "<user's template>"

_LONGEST: Final = 40  # characters of a name that a message shows

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


def is_of_several(template: str) -> bool:
    """Whether a user's template lays out `reports`, so that it takes several at once."""
    try:
        tree = _Environment().parse(template)
    except TemplateError:
        return False
    return "reports" in meta.find_undeclared_variables(tree)


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
    raise TypeError(f"{called(value)} cannot be printed; print its parts")


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
            undefined=_Missing,
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
    message = f"the template cannot be used: {_said(error)}"
    return Diagnostic.of(Code.TEMPLATE, Place(shown, _line(error, shown), 1), message, GUIDE)


def _said(error: Exception) -> str:
    """What went wrong in the words of who writes templates, not in those of this program."""
    match error:
        case KeyError(args=(str() as key, *_)) if key.startswith("report."):
            return f"say knows no sentence {key.removeprefix('report.')!r}, or lacks a value for it"
        case KeyError(args=(key, *_)):
            return f"{key} has no value"
        case TemplateError(message=str() as message):
            return message
        case RecursionError():
            return "a macro calls itself without an end"
    return str(error) or "no reason is given"


class _Missing(StrictUndefined):
    """What a template names and nobody knows: an error that tells what there is instead."""

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, str(self._undefined_name)[:_LONGEST]
        if owner is missing:
            return self._undefined_hint or f"nothing is called {name!r}"
        if issubclass(self._undefined_exception, SecurityError):
            return f"{called(owner)} offers no {name!r} to templates"
        known = [field.name for field in fields(owner)] if is_dataclass(owner) else []
        near = nearest(name, known)
        there_is = f"did you mean {near!r}?" if near else f"there is: {', '.join(known)}"
        said = f"{called(owner)} has no {name!r}"
        return f"{said}; {there_is}" if known else said


def called(value: object) -> str:
    """What a value is called in the guide to templates."""
    kind = type(value).__name__
    if is_dataclass(value):
        words = re.findall("[A-Z][a-z]*", kind)
        return "the " + " ".join(words).removesuffix(" View").removesuffix(" Row").lower()
    named = {"tuple": "a list", "list": "a list", "dict": "a map", "str": "a text"}
    return named.get(kind, "a number" if kind in ("int", "float", "bool") else "this")


def _line(error: Exception, shown: str) -> int:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [
        line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == shown
    ]
    return lines[-1] if lines else 1
