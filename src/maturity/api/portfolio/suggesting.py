"""A start of a column map for a foreign table: the nearest names, to be looked over by a person."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Final

from maturity.api.models import Models
from maturity.api.portfolio.context import rubric_named
from maturity.base.characters import SURROGATE
from maturity.base.errors import RefusedError, UsageError
from maturity.base.flow import flow, in_quotes
from maturity.base.ids import NOT_APPLICABLE, UNKNOWN
from maturity.base.nearest import nearest
from maturity.base.text import LANGUAGES
from maturity.loading.cells import ABSENT, clean
from maturity.loading.columns import targets
from maturity.loading.rows import FACTS
from maturity.loading.tables import READERS, Row, Table, open_table
from maturity.model.bundle import Bundle
from maturity.model.questionnaire import Questionnaire

_ROWS: Final = 1_000  # looked at for values
_VALUES: Final = 30  # of a column that are listed
_LONGEST: Final = 80  # characters of a value that is listed


def suggested_columns(
    path: Path, encoding: str | None, rubric: str | None, questionnaire: str | None
) -> str:
    """A column map as YAML: what was guessed is set, what was not is a comment.

    Raises:
        RefusedError: the table or a model cannot be read.
        UsageError: the file is no table.
    """
    if path.suffix.lower() not in READERS:
        raise UsageError("no-table", file=path, known=", ".join(READERS))
    models = Models()
    named = rubric_named(rubric, questionnaire, (), models)
    bundle = models.scoring(named, questionnaire).bundle
    table = open_table(path, encoding)
    if not isinstance(table, Table):
        raise RefusedError(table)
    rows = list(islice(table.rows(), _ROWS))
    headers = table.headers or tuple(dict.fromkeys(name for row in rows for name, _ in row.cells))
    guessed = _guessed(headers, bundle.questionnaire)
    lines = [
        "# Headers and values of the table -> facts of a project, questions and options.",
        "# Guessed from names: look each line over. What is no fact and no question is carried.",
        "# Lines behind # were not guessed: complete them, and take the # away, or leave them.",
        "format: maturity/columns@1",
        f"questionnaire: {flow(bundle.questionnaire.id)}",
        *_block("columns", _columns(headers, guessed)),
        *_block("values", _values(rows, guessed, bundle)),
    ]
    return "\n".join(lines) + "\n"


def _block(key: str, lines: Iterable[str], margin: str = "") -> Iterator[str]:
    """A key and the lines below; a comment where these all are, for a key of nothing is refused."""
    below = list(lines)
    is_said = any(not line.lstrip().startswith("#") for line in below)
    yield f"{margin}{key}:" if is_said else f"{margin}# {key}:"
    yield from below


def _guessed(headers: Iterable[str], questionnaire: Questionnaire) -> dict[str, str]:
    """Header -> target, each target once; names that fit exactly come first."""
    known = targets(questionnaire)
    asked = _asked(questionnaire)
    found = {header: header for header in headers if header in known}
    for header in headers:
        if not header or header in found or SURROGATE.search(header):
            continue
        near = nearest(header, known) or asked.get(nearest(header, asked) or "")
        if near and near not in found.values():
            found[header] = near
    return found


def _asked(questionnaire: Questionnaire) -> dict[str, str]:
    """The texts of the questions -> their ids."""
    texts: dict[str, str] = {}
    for question in questionnaire.questions:
        if not question.rows:
            for language in LANGUAGES:
                texts.setdefault(question.ask.in_language(language), question.id)
    return texts


def _columns(headers: Iterable[str], guessed: Mapping[str, str]) -> Iterator[str]:
    for header in dict.fromkeys(headers):
        if header in guessed:
            yield f"  {in_quotes(header)}: {flow(guessed[header])}"
        elif header:
            yield f"  # {in_quotes(header)}: carried as it is"


def _values(rows: Iterable[Row], guessed: Mapping[str, str], bundle: Bundle) -> Iterator[str]:
    """The values that are no options, each with the nearest option."""
    held = list(rows)
    for header, target in guessed.items():
        question = _question(target, bundle)
        if question is None:
            continue
        labels = _labels(question, bundle)
        seen = dict.fromkeys(
            clean(text) for row in held for name, text in row.cells if name == header
        )
        foreign = [one for one in seen if one and not _is_ours(one, labels)][:_VALUES]
        if foreign:
            told = (_value(one, labels) for one in foreign if len(one) <= _LONGEST)
            yield from _block(flow(target), told, "  ")


def _question(target: str, bundle: Bundle) -> str | None:
    """The question behind a target whose answers are options."""
    for name in (target, target.partition(".")[2]):
        if target not in FACTS and name in bundle.shapes and bundle.shapes[name].options:
            return name
    return None


def _labels(question: str, bundle: Bundle) -> dict[str, str]:
    """Ids and labels of the options -> ids."""
    options = bundle.questionnaire.labels(bundle.questions[question])
    told = {name: name for name in options}
    for name, label in options.items():
        for language in LANGUAGES:
            told.setdefault(label.in_language(language), name)
    return told


def _is_ours(text: str, labels: Mapping[str, str]) -> bool:
    words = {UNKNOWN, ABSENT, NOT_APPLICABLE, *labels.values()}
    return all(part.strip().lstrip("+-") in words for part in text.replace("/", "|").split("|"))


def _value(text: str, labels: Mapping[str, str]) -> str:
    near = nearest(text, labels)
    if near is None:
        return f"    # {in_quotes(text)}: {UNKNOWN}"
    return f"    {in_quotes(text)}: {flow(labels[near])}"
