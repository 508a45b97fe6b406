"""One value of a flat result, read from a valuation without building the rest."""

from collections.abc import Iterable, Mapping

from maturity.engines import reading
from maturity.engines.assessment import because_of, flag_of
from maturity.engines.python import Valuation
from maturity.model.bundle import Bundle
from maturity.model.flat import ABSENT, LISTS, FlatValue
from maturity.model.states import Said


def owner_of(key: str) -> str:
    """The output (`ladder.operating`, `flag.F`) that a key of a result or of a plan belongs to."""
    stage, name = key.replace("?", ".").split(".")[:2]
    return f"flag.{name}" if stage == "watch" else f"{stage}.{name}"


def single(bundle: Bundle, at: Valuation, said: Mapping[str, Said], key: str) -> FlatValue:
    """The value that a case sees under the key of a rule.

    Raises:
        ValueError: the key tells of answers alone, which no rule can change.
    """
    stage, name, *end = key.split(".")
    if stage in LISTS:
        return _listed(bundle, at, said, stage, name)
    match stage, end:
        case "score", ["least"]:
            return reading.score(at, name).least
        case "score", _:
            return reading.score(at, name).most
        case "ladder", ["confirmed"]:
            return reading.ladder(at, name, bundle.steps(name).ids).confirmed
        case "ladder", _:
            return reading.ladder(at, name, bundle.steps(name).ids).possible
        case "decision", ["confirmed"]:
            return reading.decision(at, name, bundle.steps(name).ids).confirmed
        case "decision", _:
            return reading.decision(at, name, bundle.steps(name).ids).possible
        case "check", _:
            check = reading.check(at, name)
            return check.floor if end else check.status
        case "flag", _:
            flag = flag_of(bundle, at, said, name)
            if end:
                return flag.severity if flag else None
            return flag.status if flag else ABSENT
        case "recommendation", _:
            return _of_advice(at, name, told=not end)
    raise ValueError(key)


def _of_advice(at: Valuation, name: str, *, told: bool) -> FlatValue:
    """Whether a recommendation is given, or because of what."""
    truth = at.truth(f"recommendation.{name}")
    if not told:
        return () if truth is False else because_of(at, name)
    return ABSENT if truth is False else "given" if truth else "possible"


def _listed(
    bundle: Bundle, at: Valuation, said: Mapping[str, Said], name: str, status: str
) -> tuple[str, ...]:
    rubric = bundle.rubric
    stage = LISTS[name][0]
    names: dict[str, Iterable[str]] = {
        "check": rubric.checklists,
        "flag": rubric.flags,
        "recommendation": rubric.recommendations,
    }
    return tuple(
        one for one in names[stage] if single(bundle, at, said, f"{stage}.{one}") == status
    )
