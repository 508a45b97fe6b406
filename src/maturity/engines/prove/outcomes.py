"""Every outcome of a rubric can come about: levels, rows, statuses, flags, recommendations."""

from collections.abc import Iterator

from maturity.base.ids import NOT_APPLICABLE
from maturity.base.places import At
from maturity.engines.parts import Part
from maturity.engines.prove.asked import Asked, Chance, Demand
from maturity.model.bundle import Bundle
from maturity.model.proofs import Kind
from maturity.rules import expr
from maturity.rules.answers import AnswerHasAll, AnswerIn
from maturity.rules.checklists import ChecklistItem
from maturity.rules.conditions import AnyOf, Form, NotThat
from maturity.rules.recommendations import Recommendation


def outcomes(bundle: Bundle, parts: dict[str, Part]) -> Iterator[Asked]:
    """A claim for every outcome, in stage order, and one that each decision has one."""
    yield from _ladders(bundle, parts)
    yield from _decisions(bundle, parts)
    yield from _checks(bundle, parts)
    yield from _advice(bundle, parts)


def _ladders(bundle: Bundle, parts: dict[str, Part]) -> Iterator[Asked]:
    for name, ladder in bundle.rubric.ladders.items():
        keys = [f"ladder.{name}.{level.id}" for level in ladder.levels]
        levels = [parts[key] for key in keys]
        at = At("rubric", ("ladders", name))
        never = tuple(Demand(part, holds=False) for part in levels)
        first = never[:1] if ladder.cumulative else never
        yield Asked(Kind.NO_LEVEL, f"ladder.{name}", at, (Chance(_none_of(keys), first),))
        for n, (key, part) in enumerate(zip(keys, levels, strict=True)):
            below = tuple(Demand(one) for one in levels[:n]) if ladder.cumulative else ()
            up_to = (*below, Demand(part))
            place = At("rubric", (*at.steps, "levels", n))
            reached = Chance(expr.Ref(key), up_to)
            yield Asked(Kind.LEVEL_REACHED, key, place, (reached,))
            if n + 1 < len(keys):
                rest = never[n + 1 : n + 2] if ladder.cumulative else never[n + 1 :]
                stands = expr.All((expr.Ref(key), _none_of(keys[n + 1 :])))
                yield Asked(Kind.LEVEL_STANDS, key, place, (Chance(stands, (*up_to, *rest)),))


def _decisions(bundle: Bundle, parts: dict[str, Part]) -> Iterator[Asked]:
    for name, decision in bundle.rubric.decisions.items():
        form = "rows" if decision.bands is None else "bands"
        ids = [row.id for row in decision.outcomes()]
        missed = tuple(Demand(parts[f"decision.{name}?{row}"], holds=False) for row in ids)
        keys = [f"decision.{name}.{row}" for row in ids]
        at = At("rubric", ("decisions", name))
        nothing = Chance(_none_of(keys), missed)
        yield Asked(Kind.ALWAYS_DECIDED, f"decision.{name}", at, (nothing,), never=True)
        steps = (*at.steps, form) if form == "rows" else (*at.steps, form, "rows")
        for n, key in enumerate(keys):
            demands = (*missed[:n], Demand(missed[n].part))
            place = At("rubric", (*steps, n))
            yield Asked(Kind.ROW_WINS, key, place, (Chance(expr.Ref(key), demands),))


def _checks(bundle: Bundle, parts: dict[str, Part]) -> Iterator[Asked]:
    for name, item in bundle.rubric.checklists.items():
        at = At("rubric", ("checklists", name))
        for status, demands in _statuses(name, item, parts).items():
            key = f"check.{name}.{status}"
            chance = Chance(expr.Ref(key), demands)
            yield Asked(Kind.STATUS_OCCURS, key, at, (chance,))


def _statuses(
    name: str, item: ChecklistItem, parts: dict[str, Part]
) -> dict[str, tuple[Demand, ...]]:
    """The statuses that an item declares, with what they ask for."""
    applies, met, partly = (parts[f"check.{name}{mark}"] for mark in ("!", "?met", "?partly"))
    unmet = (Demand(applies), Demand(met, holds=False))
    found: dict[str, tuple[Demand, ...]] = {"met": (Demand(applies), Demand(met))}
    if item.applies is not True:
        found["not-applicable"] = (Demand(applies, holds=False),)
    if item.partly is not False:
        found["partly"] = (*unmet, Demand(partly))
    found["open"] = (*unmet, Demand(partly, holds=False))
    return found


def _advice(bundle: Bundle, parts: dict[str, Part]) -> Iterator[Asked]:
    for name, flag in bundle.rubric.flags.items():
        key, steps = f"flag.{name}", ("flags", name)
        raised = Chance(expr.Ref(key), (Demand(parts[key]),))
        yield Asked(Kind.FLAG_RAISED, key, At("rubric", steps), (raised,))
        if flag.watch is not False:
            watch = parts[f"watch.{name}"]
            yield Asked(Kind.WATCH_MATTERS, watch.key, watch.at, _watched(parts[key], watch))
    for name, advice in bundle.rubric.recommendations.items():
        key, at = f"recommendation.{name}", At("rubric", ("recommendations", name))
        left = (Demand(_left_to_do(key, at, advice, bundle)),) if advice.answers else ()
        given = Chance(expr.Ref(key), (Demand(parts[key]), *left))
        yield Asked(Kind.RECOMMENDED, key, at, (given,))


def _left_to_do(key: str, at: At, advice: Recommendation, bundle: Bundle) -> Part:
    """That one of the answers at which a recommendation aims does not stand yet."""
    stand: list[Form] = []
    for question, wanted in advice.answers.items():
        if bundle.shape(question).kind == "multi":
            stand.append(AnswerHasAll(answer=question, has_all=wanted, or_not_applicable=True))
        else:
            stand.append(AnswerIn(answer=question, options=(*wanted, NOT_APPLICABLE)))
    missing = AnyOf(any=tuple(NotThat(item=one) for one in stand))
    return Part(key, At(at.document, (*at.steps, "answers")), missing)


def _watched(flag: Part, watch: Part) -> tuple[Chance, ...]:
    """A watch tells a gap only where the flag may be raised, and may not, while it holds."""
    held, raised = expr.Ref(watch.key), expr.Ref(flag.key)
    return (
        Chance(expr.All((held, raised)), (Demand(watch), Demand(flag))),
        Chance(expr.All((held, expr.Not(raised))), (Demand(watch), Demand(flag, holds=False))),
    )


def _none_of(keys: list[str]) -> expr.Condition:
    return expr.All(tuple(expr.Not(expr.Ref(key)) for key in keys))
