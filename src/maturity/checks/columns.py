"""What a column map must keep beside the models."""

from collections.abc import Collection, Iterator

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Place, Places
from maturity.checks.hints import instead_of
from maturity.model.columns import EVERYWHERE, Columns


def check_columns(
    columns: Columns, places: Places, targets: Collection[str], keys: Collection[str]
) -> list[Diagnostic]:
    """Every fault: a target that is none (M104), a key of the flat form that is none (M303)."""
    return sorted([*_targets(columns, places, targets), *_keys(columns, places, keys)])


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


def _keys(columns: Columns, places: Places, known: Collection[str]) -> Iterator[Diagnostic]:
    for index, conflict in enumerate(columns.conflicts):
        if conflict.where is not None and conflict.where not in known:
            place = places.of(("conflicts", index, "where"))
            message = f"no result has the key {quoted(conflict.where)}"
            hint = instead_of(conflict.where, known, "there is")
            yield Diagnostic.of(Code.UNKNOWN_NAME, place, message, hint)
