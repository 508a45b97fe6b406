"""What a column map must keep beside the models."""

from collections.abc import Collection, Iterator, Mapping

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place, Places, Steps
from maturity.checks.hints import instead_of
from maturity.model.columns import EVERYWHERE, Columns, Conflict


def check_columns(
    columns: Columns,
    places: Places,
    targets: Collection[str],
    words: Mapping[str, Collection[str]],
) -> list[Diagnostic]:
    """Every fault: a target, a key of the flat form or a word under it that is none.

    `words`: those that can stand under each key, none where numbers do.
    """
    return sorted([*_targets(columns, places, targets), *_results(columns, places, words)])


def check_headers(
    columns: Columns, places: Places, headers: Collection[str], passed: Collection[str]
) -> list[Diagnostic]:
    """M125: what a map names and no table of a run has, by the headers met and those passed on."""
    return sorted([*_headers(columns, places, headers), *_shared(columns, places, passed)])


def _headers(columns: Columns, places: Places, met: Collection[str]) -> Iterator[Diagnostic]:
    for header in columns.columns:
        if header not in met:
            place = places.of(("columns", header), key=True)
            message = f"no table of this run has the header {quoted(header)}"
            hint = instead_of(header, met, "the headers are")
            yield Diagnostic.of(Code.UNUSED_HEADER, place, message, hint)


def _shared(columns: Columns, places: Places, passed: Collection[str]) -> Iterator[Diagnostic]:
    for index, conflict in enumerate(columns.conflicts):
        if conflict.same not in passed:
            place = places.of(("conflicts", index, "same"))
            message = f"no table of this run passes on a column {quoted(conflict.same)}"
            known = instead_of(conflict.same, passed, "passed on are")
            hint = known if passed else "name a column that is neither a fact nor a question"
            yield Diagnostic.of(Code.UNUSED_HEADER, place, message, hint)


def _targets(columns: Columns, places: Places, known: Collection[str]) -> Iterator[Diagnostic]:
    for header, target in columns.columns.items():
        if target not in known:
            yield _no_target(target, places.of(("columns", header)), known)
    for name in columns.values:
        if name not in known and name != EVERYWHERE:
            yield _no_target(name, places.of(("values", name), key=True), known)


def _no_target(name: str, place: Place, known: Collection[str]) -> Diagnostic:
    message = f"no fact of a project and no question is called {quoted(name)}"
    return Diagnostic.of(Code.UNKNOWN_QUESTION, place, message, instead_of(name, known, "there is"))


def _results(
    columns: Columns, places: Places, words: Mapping[str, Collection[str]]
) -> Iterator[Diagnostic]:
    """M303 and M304: no result has the key or the word; M103: one without the other."""
    for index, conflict in enumerate(columns.conflicts):
        steps = ("conflicts", index)
        if conflict.where is not None and conflict.where not in words:
            message = f"no result has the key {quoted(conflict.where)}"
            hint = instead_of(conflict.where, words, "there is")
            yield Diagnostic.of(Code.UNKNOWN_NAME, places.of((*steps, "where")), message, hint)
        elif (conflict.where is None) is bool(conflict.results):
            lacking = "where" if conflict.where is None else "in"
            message = f'the key "{lacking}" is missing: `in` lists results under the key of `where`'
            hint = f"add `{lacking}:` to this entry, or leave both out"
            yield Diagnostic.of(Code.MISSING_KEY, places.of(steps), message, hint)
        elif conflict.where is not None:
            yield from _words(conflict, words[conflict.where], places, steps)


def _words(
    conflict: Conflict, known: Collection[str], places: Places, steps: Steps
) -> Iterator[Diagnostic]:
    for number, word in enumerate(conflict.results):
        if known and word not in known:
            message = f"{quoted(word)} never stands under {quoted(conflict.where or '')}"
            hint = instead_of(word, known, "there is")
            place = places.of((*steps, "in", number))
            yield Diagnostic.of(Code.UNKNOWN_OUTCOME, place, message, hint)
