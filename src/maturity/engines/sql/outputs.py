"""What each key of the flat form is as a column: its kind, and the words that can stand in it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from maturity.engines.sql.columns import UNREADABLE, Kind
from maturity.model.bundle import Bundle
from maturity.model.flat import ABSENT, COUNTS
from maturity.model.result import Severity
from maturity.rules.checklists import STATUSES

JUSTIFIED: Final[Severity] = "info"
"""How severe a flag is that somebody has justified."""


class Output(NamedTuple):
    """What stands in a column. `vocabulary` as in `columns.Column`."""

    kind: Kind
    vocabulary: tuple[str, ...] = ()


_NUMBER: Final = Output("number")
_WORDS: Final = Output("words")
_COUNT: Final = Output("count")
_CHECK: Final = Output("word", (*STATUSES, "unknown"))
_FLAG: Final = Output("word", ("raised", "watched", "possible", ABSENT))
_RECOMMENDATION: Final = Output("word", ("given", "possible", ABSENT))
_DIVERGENCE: Final = Output("word", ("open", "settled", ABSENT))


def outputs_of(bundle: Bundle) -> dict[str, Output]:
    """Every key of the flat form (`model.flat.flat`), and those that the query has beside them."""
    return {UNREADABLE: _WORDS, **dict(_outcomes(bundle)), **dict(_findings(bundle))}


def _outcomes(bundle: Bundle) -> Iterator[tuple[str, Output]]:
    rubric = bundle.rubric
    for name in rubric.scores:
        yield from ((f"score.{name}.{end}", _NUMBER) for end in ("least", "most"))
        yield f"score.{name}.may-not-apply", Output("truth")
    for name in rubric.ladders:
        levels = Output("word", bundle.steps(name).ids)
        yield from ((f"ladder.{name}.{end}", levels) for end in ("confirmed", "possible"))
    for name in rubric.decisions:
        yield f"decision.{name}.confirmed", Output("word", bundle.steps(name).ids)
        yield f"decision.{name}.possible", _WORDS


def _findings(bundle: Bundle) -> Iterator[tuple[str, Output]]:
    rubric = bundle.rubric
    for name in rubric.checklists:
        yield f"check.{name}", _CHECK
    for name, flag in rubric.flags.items():
        yield f"flag.{name}", _FLAG
        severities = tuple(dict.fromkeys((flag.severity, JUSTIFIED)))
        yield f"flag.{name}.severity", Output("word", severities)
    for name in rubric.recommendations:
        yield f"recommendation.{name}", _RECOMMENDATION
    for name in bundle.shapes:
        yield f"divergence.{name}", _DIVERGENCE
    for name in COUNTS:
        yield f"coverage.{name}", _COUNT
