"""Every threshold divides: answers lie above it, below it, and perhaps exactly on it."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Final, TypeAlias

from maturity.base.places import At
from maturity.engines.parts import Part, walk
from maturity.engines.prove.asked import Asked, Chance, Demand
from maturity.engines.prove.portions import once
from maturity.model.bundle import Bundle
from maturity.model.proofs import Kind
from maturity.rules import expr
from maturity.rules.answers import AnswerNumber, Share
from maturity.rules.references import ScoreWithin

NEEDS: Final = {
    "at_least": Kind.BELOW,
    "above": Kind.ABOVE,
    "at_most": Kind.ABOVE,
    "below": Kind.BELOW,
}
"""On which side of a threshold answers must lie for it to divide anything."""


Side: TypeAlias = tuple[expr.Number, float, Kind]


def thresholds(bundle: Bundle, parts: dict[str, Part]) -> Iterable[Asked]:
    """Three claims for every threshold of a number, told at its first place.

    Only that answers lie on the side that a rule needs is demanded of a rubric; and not of bands,
    whose outer ends may close the scale.
    """
    found: dict[Side, Asked] = {}
    for rule in once(parts.values()):
        for part in walk(rule):
            for side, asked in _of_part(part, bundle):
                before = found.setdefault(side, asked)
                found[side] = replace(before, declared=before.declared or asked.declared)
    return found.values()


def _of_part(part: Part, bundle: Bundle) -> Iterator[tuple[Side, Asked]]:
    form = part.form
    if not isinstance(form, AnswerNumber | ScoreWithin | Share):
        return
    node = part.lowered(bundle)
    assert isinstance(node, expr.Within)
    for bound, level in asdict(node.bounds).items():
        if level is not None:
            for kind, bounds in _sides(level).items():
                chance = _chance(part, form, node.number, bounds)
                at = At(part.at.document, (*part.at.steps, bound))
                declared = NEEDS[bound] is kind and "bands" not in part.at.steps
                asked = Asked(kind, part.key, at, (chance,), threshold=level, declared=declared)
                yield (node.number, level, kind), asked


def _sides(level: float) -> dict[Kind, expr.Bounds]:
    return {
        Kind.EXACTLY_ON: expr.Bounds(at_least=level, at_most=level),
        Kind.ABOVE: expr.Bounds(above=level),
        Kind.BELOW: expr.Bounds(below=level),
    }


def _chance(
    part: Part, form: AnswerNumber | ScoreWithin | Share, number: expr.Number, bounds: expr.Bounds
) -> Chance:
    """The number lies within bounds, and applies."""
    update = {**asdict(bounds), "or_not_applicable": False}
    copy = Part(part.key, part.at, form.model_copy(update=update))
    return Chance(expr.Within(number, bounds, if_not_applicable=False), (Demand(copy),))
