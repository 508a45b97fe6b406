"""A project's result as one flat row: the keys that worked cases and tables of portfolios use."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from maturity.model.bundle import Bundle
from maturity.model.result import FlagResult, ProjectResult, Severity
from maturity.rules.checklists import STATUSES

FlatValue: TypeAlias = str | float | tuple[str, ...] | None

ABSENT = "absent"
"""What is said of a flag, recommendation or disagreement that surely does not hold."""


JUSTIFIED: Final[Severity] = "info"
"""How severe a flag is that somebody has justified."""

COUNTS = ("asked", "answered", "unknown", "evidenced", "partly")
"""The counts of a project's coverage."""


def flat(result: ProjectResult, bundle: Bundle) -> dict[str, FlatValue]:
    """Every value of a result by key, in stage order; those that are left out elsewhere, too.

    `score.<id>.least|most` (None: does not apply), `ladder.<id>.confirmed|possible` (None: not
    even the first level), `decision.<id>.confirmed` (None: several rows are possible) and
    `.possible`, `check.<id>`, `flag.<id>` (raised, watched, possible or absent) and `.severity`,
    `recommendation.<id>` (given, possible or absent), `divergence.<question>` (open, settled or
    absent), `coverage.<count>` (questions).
    """
    return {
        **_scores(result),
        **_outcomes(result),
        **{f"check.{check.id}": check.status for check in result.checklists},
        **_flags(result, bundle),
        **_recommendations(result, bundle),
        **_divergences(result, bundle),
        **_coverage(result),
    }


def flat_order(bundle: Bundle) -> tuple[str, ...]:
    """Every key that `flat` gives for the projects of a rubric, in its order."""
    rubric = bundle.rubric
    keys = [f"score.{name}.{end}" for name in rubric.scores for end in ("least", "most")]
    for stage, names in (("ladder", rubric.ladders), ("decision", rubric.decisions)):
        keys += [f"{stage}.{name}.{end}" for name in names for end in ("confirmed", "possible")]
    keys += [f"check.{name}" for name in rubric.checklists]
    keys += [f"flag.{name}{end}" for name in rubric.flags for end in ("", ".severity")]
    keys += [f"recommendation.{name}" for name in rubric.recommendations]
    keys += [f"divergence.{name}" for name in bundle.shapes]
    return (*keys, *(f"coverage.{name}" for name in COUNTS))


_KEPT: Final = ("file_row_number", "rowid")
"""Names that DuckDB keeps for itself in files of results, and in tables that it holds."""


def labels_of(carried: Iterable[str], ours: Iterable[str]) -> dict[str, str]:
    """Columns that are passed on, with what they are called beside ours, in order of name.

    Databases do not tell names apart by the case of letters: one that is called like a column of
    ours gets a word before it, one like another that is passed on a number behind it.
    """
    known, taken = {one.casefold() for one in (*ours, *_KEPT)}, set[str]()
    found: dict[str, str] = {}
    for name in sorted(carried):
        stem = f"input.{name}" if name.casefold() in known else name
        label, number = stem, 1
        while label.casefold() in taken:
            number += 1
            label = f"{stem}.{number}"
        taken.add(label.casefold())
        found[name] = label
    return found


def are_apart(carried: Iterable[str], ours: Iterable[str]) -> bool:
    """Whether none of the columns that are passed on is called by what others there are."""
    labels = labels_of(carried, ours)
    return all(label in (name, f"input.{name}") for name, label in labels.items())


def words_under(bundle: Bundle) -> dict[str, tuple[str, ...]]:
    """Every key that `flat` gives, with the words that can stand there; none where numbers do.

    Of severities the declared one comes first.
    """
    return {key: _words(key, bundle) for key in flat_order(bundle)}


def _words(key: str, bundle: Bundle) -> tuple[str, ...]:
    stage, _, name = key.partition(".")
    match stage:
        case "ladder" | "decision":
            return bundle.steps(name.rpartition(".")[0]).ids
        case "check":
            return (*STATUSES, "unknown")
        case "flag" if name.endswith(".severity"):
            declared = bundle.rubric.flags[name.removesuffix(".severity")].severity
            return tuple(dict.fromkeys((declared, JUSTIFIED)))
        case "flag" | "recommendation":
            return (*LISTS[f"{stage}s"][1], ABSENT)
        case "divergence":
            return ("open", "settled", ABSENT)
    return ()


def flat_keys(bundle: Bundle) -> frozenset[str]:
    """Every key that `flat` gives for the projects of a rubric."""
    return frozenset(flat_order(bundle))


LISTS: Final = {
    "flags": ("flag", ("raised", "watched", "possible")),
    "recommendations": ("recommendation", ("given", "possible")),
    "checks": ("check", ("met", "partly", "open", "not-applicable", "unknown")),
}
"""The lists of a result: of which stage, and by which statuses."""


def expectable(bundle: Bundle) -> frozenset[str]:
    """Every key that a worked case can expect something of."""
    lists = {f"{name}.{one}" for name, (_, statuses) in LISTS.items() for one in statuses}
    lists |= {f"check.{name}.floor" for name in bundle.rubric.checklists}
    lists |= {f"recommendation.{name}.because" for name in bundle.rubric.recommendations}
    return flat_keys(bundle) | lists


def listed(row: Mapping[str, FlatValue]) -> dict[str, FlatValue]:
    """The names by status, in declared order: `flags.raised`, `recommendations.given`.

    Worked cases use them to say that nothing else comes out.
    """
    found: dict[str, FlatValue] = {}
    for name, (stage, statuses) in LISTS.items():
        ids = [key.split(".")[1] for key in row if key.startswith(f"{stage}.")]
        status = {one: row[f"{stage}.{one}"] for one in ids}
        for wanted in statuses:
            found[f"{name}.{wanted}"] = tuple(one for one in status if status[one] == wanted)
    return found


def beside(result: ProjectResult, bundle: Bundle) -> dict[str, FlatValue]:
    """What is told beside a status.

    `check.<id>.floor`: `partly` where at least that is sure, else None.
    `recommendation.<id>.because`: the conditions and outcomes that it refers to and that hold.
    """
    row: dict[str, FlatValue] = {f"check.{one.id}.floor": one.floor for one in result.checklists}
    found = {one.id: one.because for one in result.recommendations}
    names = bundle.rubric.recommendations
    return row | {f"recommendation.{name}.because": found.get(name, ()) for name in names}


def _scores(result: ProjectResult) -> Mapping[str, FlatValue]:
    row: dict[str, FlatValue] = {}
    for score in result.scores:
        row[f"score.{score.id}.least"] = score.least
        row[f"score.{score.id}.most"] = score.most
    return row


def _outcomes(result: ProjectResult) -> Mapping[str, FlatValue]:
    row: dict[str, FlatValue] = {}
    for ladder in result.ladders:
        row[f"ladder.{ladder.id}.confirmed"] = ladder.confirmed
        row[f"ladder.{ladder.id}.possible"] = ladder.possible
    for decision in result.decisions:
        row[f"decision.{decision.id}.confirmed"] = decision.confirmed
        row[f"decision.{decision.id}.possible"] = decision.possible
    return row


def _flags(result: ProjectResult, bundle: Bundle) -> Mapping[str, FlatValue]:
    found: dict[str, FlagResult] = {flag.id: flag for flag in result.flags}
    row: dict[str, FlatValue] = {}
    for name in bundle.rubric.flags:
        flag = found.get(name)
        row[f"flag.{name}"] = flag.status if flag else ABSENT
        row[f"flag.{name}.severity"] = flag.severity if flag else None
    return row


def _recommendations(result: ProjectResult, bundle: Bundle) -> Mapping[str, FlatValue]:
    found = {one.id: one.status for one in result.recommendations}
    names = bundle.rubric.recommendations
    return {f"recommendation.{name}": found.get(name, ABSENT) for name in names}


def _divergences(result: ProjectResult, bundle: Bundle) -> Mapping[str, FlatValue]:
    found = {one.question: "settled" if one.settled else "open" for one in result.divergences}
    return {f"divergence.{name}": found.get(name, ABSENT) for name in bundle.shapes}


def _coverage(result: ProjectResult) -> Mapping[str, FlatValue]:
    return {f"coverage.{name}": float(getattr(result.coverage, name)) for name in COUNTS}
