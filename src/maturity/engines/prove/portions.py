"""Every part of a rule does something: it can hold, it can fail, and it makes a difference."""

from collections.abc import Iterable, Iterator

from maturity.base.places import At
from maturity.engines.parts import Part, Written, items, walk
from maturity.engines.prove.asked import Asked, Chance, Demand
from maturity.model.bundle import Bundle
from maturity.model.proofs import Kind
from maturity.rules import expr
from maturity.rules.conditions import AllOf, AnyOf, AtLeastOf, NotThat


def varying(bundle: Bundle, parts: dict[str, Part]) -> Iterator[Asked]:
    """Each part of each rule can hold, and can fail."""
    for rule in once(parts.values()):
        yield from _varying(rule, bundle)


def differing(bundle: Bundle, parts: dict[str, Part]) -> Iterator[Asked]:
    """Leaving a part out of its list changes what the rule says of some answers."""
    for rule in once(parts.values()):
        yield from _differing(rule, bundle)


def once(parts: Iterable[Part]) -> Iterator[Part]:
    """Each rule once, although the rows of a question share theirs."""
    seen: set[At] = set()
    for part in parts:
        if part.at not in seen:
            seen.add(part.at)
            yield part


def _varying(rule: Part, bundle: Bundle) -> Iterator[Asked]:
    for part in walk(rule):
        if isinstance(part.form, bool):
            continue
        goal = part.lowered(bundle)
        # That a whole flag can hold, and a whole recommendation, is told with the outcomes.
        if part is not rule or rule.key.split(".")[0] not in {"flag", "recommendation"}:
            holds = Chance(goal, (Demand(part),))
            yield Asked(Kind.CAN_HOLD, rule.key, part.at, (holds,))
        fails = Chance(expr.Not(goal), (Demand(part, holds=False),))
        yield Asked(Kind.CAN_FAIL, rule.key, part.at, (fails,))


def _differing(rule: Part, bundle: Bundle) -> Iterator[Asked]:
    whole = rule.lowered(bundle)
    for parent in walk(rule):
        siblings = items(parent)
        for part in siblings if len(siblings) > 1 else ():
            if isinstance(part.form, bool):
                continue
            rest = Part(rule.key, rule.at, without(rule, part)).lowered(bundle)
            chance = Chance(_differ(whole, rest), _decisive(part, parent))
            # A rule may say twice what it means, so this only informs.
            yield Asked(Kind.MAKES_A_DIFFERENCE, rule.key, part.at, (chance,), declared=False)


def _differ(one: expr.Condition, other: expr.Condition) -> expr.Condition:
    only_one = expr.All((one, expr.Not(other)))
    return expr.AnyOf((only_one, expr.All((other, expr.Not(one)))))


def _decisive(part: Part, parent: Part) -> tuple[Demand, ...]:
    """What the parts of a list have to be for one of them to decide; not known of counts."""
    if not isinstance(parent.form, AllOf | AnyOf):
        return ()
    others = isinstance(parent.form, AllOf)
    siblings = items(parent)
    return tuple(Demand(one, holds=(one.at != part.at) == others) for one in siblings)


def without(part: Part, left_out: Part) -> Written:
    """The form of a part with one of the parts below it left out of its list."""
    kept = tuple(
        without(one, left_out) if _is_above(one, left_out) else one.form
        for one in items(part)
        if one.at != left_out.at
    )
    match part.form:
        case AllOf():
            return AllOf(all=kept)
        case AnyOf():
            return AnyOf(any=kept)
        case AtLeastOf(at_least=count):
            return AtLeastOf(at_least=count, of=kept) if kept else count <= 0
        case NotThat():
            return NotThat(item=kept[0])
    return part.form


def _is_above(part: Part, other: Part) -> bool:
    return other.at.steps[: len(part.at.steps)] == part.at.steps
