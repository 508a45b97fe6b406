"""Files -> models: every fault as a diagnostic, never an exception."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.base.nearest import nearest
from maturity.loading.decoding import decode
from maturity.loading.faults import faults
from maturity.loading.limits import DEFAULT_LIMITS, Limits
from maturity.loading.nodes import Document, read
from maturity.loading.remains import Remains, remains
from maturity.loading.sources import (
    Naming,
    Shown,
    Source,
    fetch,
    fetch_one_of_many,
    find_questionnaire,
    find_registry,
    find_rubric,
    shown_as,
)
from maturity.model.cases import Cases
from maturity.model.city import City
from maturity.model.columns import Columns
from maturity.model.questionnaire import Questionnaire
from maturity.model.registry import Registry
from maturity.model.rubric import Rubric

__all__ = [
    "FORMATS",
    "MODELS",
    "Loaded",
    "Naming",
    "Shown",
    "Source",
    "build",
    "fetch",
    "fetch_one_of_many",
    "fetch_text",
    "find_questionnaire",
    "find_registry",
    "find_rubric",
    "left_of",
    "load",
    "load_any",
    "shown_as",
]

Model = TypeVar("Model", bound=BaseModel)

MODELS: dict[str, type[BaseModel]] = {
    "questionnaire": Questionnaire,
    "rubric": Rubric,
    "city": City,
    "cases": Cases,
    "registry": Registry,
    "columns": Columns,
}
"""The kinds of file."""

FORMATS: dict[str, type[BaseModel]] = {f"maturity/{kind}@1": one for kind, one in MODELS.items()}
"""What `format:` may say, and the model that the file is then read as."""


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Model]):
    """A model with the document that it was read from."""

    model: Model
    document: Document
    source: Source


def load_any(
    source: Source, limits: Limits = DEFAULT_LIMITS
) -> "Loaded[BaseModel] | list[Diagnostic]":
    """Read a file as the model that its `format:` names."""
    is_of_cases = source.shown.endswith((".cases.yaml", ".cases.yml"))
    expected = ["maturity/cases@1"] if is_of_cases else list(FORMATS)
    document = _read(source, limits, expected)
    if not isinstance(document, Document):
        return document
    said = document.data.get("format") if isinstance(document.data, dict) else None
    model = FORMATS.get(said) if isinstance(said, str) else None
    if model is None:
        return [_unknown_format(document, said)]
    return build(document, model, source)


def load(
    source: Source, model: type[Model], limits: Limits = DEFAULT_LIMITS
) -> "Loaded[Model] | list[Diagnostic]":
    """Read a file as one model; a file of another format is refused."""
    expected = next(name for name, one in FORMATS.items() if one is model)
    document = _read(source, limits, [expected])
    if not isinstance(document, Document):
        return document
    said = document.data.get("format") if isinstance(document.data, dict) else None
    if said != expected:
        return [_unknown_format(document, said, expected)]
    return build(document, model, source)


def _read(source: Source, limits: Limits, expected: list[str]) -> Document | list[Diagnostic]:
    """The document; of an empty file the hint tells what it is expected to begin with."""
    found = read(source.shown, source.raw, limits)
    if isinstance(found, Document):
        return found
    hint = f"begin with `format: {' | '.join(expected)}`"
    return [replace(one, hint=hint) if one.code is Code.EMPTY else one for one in found]


def build(
    document: Document, model: type[Model], source: Source
) -> "Loaded[Model] | list[Diagnostic]":
    """The model that a document holds, or every fault that keeps it from being one."""
    try:
        return Loaded(model.model_validate(document.data), document, source)
    except ValidationError as error:
        return sorted([*document.warnings, *faults(error, model, document)])


def left_of(
    source: Source, model: type[Model] | None = None, limits: Limits = DEFAULT_LIMITS
) -> "tuple[Loaded[BaseModel], Remains[BaseModel]] | None":
    """What is left for checks of a file that is no model; None where it cannot be told apart.

    Without `model` it is what the file's `format:` says.
    """
    document = read(source.shown, source.raw, limits)
    if not isinstance(document, Document) or not isinstance(document.data, dict):
        return None
    kind = FORMATS.get(str(document.data.get("format")))
    left = remains(document, kind) if kind and model in (None, kind) else None
    return None if left is None else (Loaded(left.model, left.document, source), left)


def _unknown_format(document: Document, said: object, expected: str | None = None) -> Diagnostic:
    known = [expected] if expected else list(FORMATS)
    place = document.place(("format",)) if isinstance(document.data, dict) else document.place()
    if said is None:
        message = "the file does not say what it is: the key `format` is missing"
    else:
        message = f"a file of format {str(said)[:60]!r} does not fit here"
    is_typo = isinstance(said, str) and said not in FORMATS
    near = nearest(str(said), known) if is_typo else None
    hint = f"did you mean `format: {near}`?" if near else f"expected `format: {' | '.join(known)}`"
    return Diagnostic.of(Code.UNKNOWN_FORMAT, place, message, hint)


def fetch_text(path: Path) -> tuple[str, str]:
    """The shown name and the text of a file that is not YAML.

    Raises:
        RefusedError: it cannot be read, or is not UTF-8.
    """
    source = fetch(path)
    if not isinstance(source, Source):
        raise RefusedError(source)
    text = decode(source.shown, source.raw, DEFAULT_LIMITS.size)
    if isinstance(text, str):
        return source.shown, text
    raise RefusedError(text)
