"""What comes out differently by two versions of a model, and by which of the changed rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from maturity.engines.assessment import Assessed
from maturity.engines.single import owner_of
from maturity.model.bundle import Bundle
from maturity.model.difference import Effect
from maturity.model.flat import flat
from maturity.plan import Plan

STAGES: Final = ("ladder", "decision", "score", "flag")
"""Tier, verdict, score and flags; what else there is follows from them."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the models, planned."""

    bundle: Bundle
    plan: Plan


def effects(old: Version, new: Version, before: Assessed, after: Assessed) -> tuple[Effect, ...]:
    """Every value that differs, in the order of the old version, then what only the new one has.

    Values that one version does not have are None there.
    """
    changed = (*changed_rules(old.plan, new.plan), *_graded(old.bundle, new.bundle))
    one, other = flat(before.result, old.bundle), flat(after.result, new.bundle)
    found = []
    for key in {**one, **other}:
        was, is_ = one.get(key), other.get(key)
        if key.split(".")[0] in STAGES and was != is_:
            behind = {key, *_behind(old.plan, key), *_behind(new.plan, key)}
            rules = (rule.removesuffix(".severity") for rule in changed if rule in behind)
            found.append(Effect(key, was, is_, tuple(dict.fromkeys(rules))))
    return tuple(found)


def changed_rules(old: Plan, new: Plan) -> tuple[str, ...]:
    """The rules that are lowered to something else, and questions that apply otherwise."""
    keys = {**old.values, **new.values}
    rules = [owner_of(key) for key in keys if old.values.get(key) != new.values.get(key)]
    asked = {**old.shapes, **new.shapes}
    questions = [
        f"question.{name}"
        for name in asked
        if (old.shapes.get(name), old.applies.get(name), name in old.declarable)
        != (new.shapes.get(name), new.applies.get(name), name in new.declarable)
    ]
    return tuple(dict.fromkeys((*questions, *rules)))


def _graded(old: Bundle, new: Bundle) -> Iterator[str]:
    """The severities that are declared, or lowered by a justification, in another way."""
    for name, flag in old.rubric.flags.items():
        other = new.rubric.flags.get(name, flag)
        if (flag.severity, flag.justified_by) != (other.severity, other.justified_by):
            yield f"flag.{name}.severity"


def _behind(plan: Plan, key: str) -> Iterator[str]:
    """The rules and questions that decide an output, through whatever it refers to."""
    output = owner_of(key)
    open_keys = [one for one in plan.values if owner_of(one) == output]
    seen = set(open_keys)
    yield output
    while open_keys:
        for name in plan.reads.get(open_keys.pop(), frozenset()) - seen:
            seen.add(name)
            yield f"question.{name}" if name in plan.shapes else owner_of(name)
            open_keys += [name, f"applies.{name}"]
