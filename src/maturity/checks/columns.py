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
