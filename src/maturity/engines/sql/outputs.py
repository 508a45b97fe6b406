"""What each key of the flat form is as a column: its kind, and the words that can stand in it."""

from typing import NamedTuple

from maturity.engines.sql.columns import UNREADABLE, Kind
from maturity.model.bundle import Bundle
from maturity.model.flat import words_under


class Output(NamedTuple):
    """What stands in a column. `vocabulary` as in `columns.Column`."""

    kind: Kind
    vocabulary: tuple[str, ...] = ()


def outputs_of(bundle: Bundle) -> dict[str, Output]:
    """Every key of the flat form (`model.flat.flat`), and those that the query has beside them."""
    found = {UNREADABLE: Output("words")}
    found |= {key: _output(key, words) for key, words in words_under(bundle).items()}
    open_ = (f"score.{name}.may-not-apply" for name in bundle.rubric.scores)
    return found | dict.fromkeys(open_, Output("truth"))


def _output(key: str, words: tuple[str, ...]) -> Output:
    if key.startswith("decision.") and key.endswith(".possible"):
        return Output("words")
    if words:
        return Output("word", words)
    return Output("count" if key.startswith("coverage.") else "number")
