"""What a solver refuted or could not decide, as findings: M801 to M818."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import At, Document, Place, Places
from maturity.model.proofs import Cause, Claim, Kind, Proofs, Told, Verdict
from maturity.model.rubric import Rubric
from maturity.plan import Plan

MOST_PLACES: Final = 12
MOST_ANSWERS: Final = 40
"""More places of a core, or answers of an example, than this are only counted."""

CODES: Final = {
    Kind.LEVEL_REACHED: Code.UNREACHED_LEVEL,
    Kind.LEVEL_STANDS: Code.SKIPPED_LEVEL,
    Kind.NO_LEVEL: Code.SKIPPED_LEVEL,
    Kind.ROW_WINS: Code.UNREACHED_ROW,
    Kind.ALWAYS_DECIDED: Code.UNDECIDED_ANSWERS,
    Kind.STATUS_OCCURS: Code.UNREACHED_STATUS,
    Kind.FLAG_RAISED: Code.DEAD_FLAG,
    Kind.WATCH_MATTERS: Code.IDLE_WATCH,
    Kind.RECOMMENDED: Code.DEAD_RECOMMENDATION,
    Kind.CAN_HOLD: Code.NEVER_TRUE,
    Kind.CAN_FAIL: Code.ALWAYS_TRUE,
    Kind.MAKES_A_DIFFERENCE: Code.IDLE_PART,
    Kind.ABOVE: Code.IDLE_THRESHOLD,
    Kind.BELOW: Code.IDLE_THRESHOLD,
    Kind.EXACTLY_ON: Code.UNMET_THRESHOLD,
    Kind.SCORE_RISES: Code.FALLING_SCORE,
    Kind.LADDER_RISES: Code.FALLING_LADDER,
    Kind.MET_TOGETHER: Code.EXCLUDING_CHECKS,
}
"""What it is called when a claim of this kind is refuted."""

INFORMING: Final = frozenset({Kind.MAKES_A_DIFFERENCE, Kind.EXACTLY_ON})
"""Kinds that are told although no rubric has to be so."""

WORDS: Final = {
    Kind.LEVEL_REACHED: "no answers reach the level {outcome} of the ladder {name}",
    Kind.LEVEL_STANDS: "no answers stop at the level {outcome} of the ladder {name}",
    Kind.NO_LEVEL: "all answers reach a level of the ladder {name}",
    Kind.ROW_WINS: "no answers lead to the row {outcome} of the decision {name}",
    Kind.ALWAYS_DECIDED: "some answers lead to no row of the decision {name}",
    Kind.STATUS_OCCURS: "no answers give the checklist item {name} the status {outcome}",
    Kind.FLAG_RAISED: "no answers raise the flag {name}",
    Kind.WATCH_MATTERS: "where this watch holds, the flag {name} is settled",
    Kind.RECOMMENDED: "no answers lead to the recommendation {name}",
    Kind.CAN_HOLD: "this condition holds for no answers",
    Kind.CAN_FAIL: "this condition holds for all answers",
    Kind.MAKES_A_DIFFERENCE: "without this part the rule would say the same of all answers",
    Kind.ABOVE: "no answers lie above the threshold {threshold}",
    Kind.BELOW: "no answers lie below the threshold {threshold}",
    Kind.EXACTLY_ON: "no answers lie exactly on the threshold {threshold}",
    Kind.SCORE_RISES: "better at {question}, lower in the score {name}: {before}, then {after}",
    Kind.LADDER_RISES: "better at {question}, lower on the ladder {name}: {before}, then {after}",
    Kind.MET_TOGETHER: "these checklist items cannot be met together: {items}",
}

LEADS: Final = {
    Kind.NO_LEVEL: "this is why",
    Kind.CAN_FAIL: "these take in all answers",
    Kind.MAKES_A_DIFFERENCE: "these say it already",
    Kind.MET_TOGETHER: "these exclude each other",
}
"""How the places are introduced that show a claim false."""

CAUSES: Final = {
    Cause.TIME: "the time ran out",
    Cause.METHOD: "a geometric mean is only bounded here",
    Cause.ROUNDING: "a number lies too near to a threshold for floating point",
    Cause.DISAGREEMENT: "solver and engine disagree, which is a fault of this program",
}


@dataclass(frozen=True)
class Proved:
    """The proofs of a rubric, with the places of both of its files."""

    proofs: Proofs
    rubric: Rubric
    plan: Plan
    places: Mapping[Document, Places]

    def place(self, at: At, *, key: bool = False) -> Place:
        """Where a part stands."""
        return self.places[at.document].of(at.steps, key=key)


def check_proofs(proved: Proved) -> Iterator[Diagnostic]:
    """M801 to M818: what is refuted that has to hold, or is worth knowing; what is undecided."""
    for claim in proved.proofs.with_verdict(Verdict.REFUTED):
        if claim.declared or claim.kind in INFORMING:
            yield refuted(claim, proved)
    still_open = proved.proofs.with_verdict(Verdict.UNDECIDED)
    yield from out_of_time([one for one in still_open if one.cause is Cause.TIME], proved)
    for claim in still_open:
        if claim.cause is not Cause.TIME and claim.declared:
            yield not_provable(claim, proved)


def refuted(claim: Claim, proved: Proved) -> Diagnostic:
    """M801 to M816: what a rubric does not keep, with what shows it."""
    # A conflict of checklist items is told at the first of them.
    at = claim.core[0] if claim.kind is Kind.MET_TOGETHER and claim.core else claim.at
    message, hint = _message(claim, proved), _hint(claim, proved)
    return Diagnostic.of(CODES[claim.kind], proved.place(at, key=_is_named(at)), message, hint)


def out_of_time(late: Sequence[Claim], proved: Proved) -> Iterator[Diagnostic]:
    """M817: claims that the budget did not suffice for, told once for each kind."""
    for kind in dict.fromkeys(claim.kind for claim in late):
        alike = [claim for claim in late if claim.kind is kind]
        message = f"not decided in time: {len(alike)} claims of the kind {kind.value}"
        hint = f"the first is about {alike[0].subject}; give more time by --prove-seconds"
        place = proved.place(alike[0].at, key=_is_named(alike[0].at))
        yield Diagnostic.of(Code.PROOF_OUT_OF_TIME, place, message, hint)


def not_provable(claim: Claim, proved: Proved) -> Diagnostic:
    """M818: a claim that no time would decide."""
    why = CAUSES[claim.cause or Cause.TIME]
    message = f"it cannot be decided whether {claim.subject} is {claim.kind.value}: {why}"
    hint = "guard it by worked cases on both sides of the threshold"
    place = proved.place(claim.at, key=_is_named(claim.at))
    return Diagnostic.of(Code.NOT_PROVABLE, place, message, hint)


def _is_named(at: At) -> bool:
    """It is an entry that stands under its name."""
    return len(at.steps) == 2  # noqa: PLR2004 - stage and name


def _message(claim: Claim, proved: Proved) -> str:
    _, name, *outcome = [*claim.subject.replace("?", ".").split("."), ""]
    before, after = claim.outcomes or (None, None)
    return WORDS[claim.kind].format(
        name=quoted(name),
        outcome=quoted("".join(outcome)),
        threshold=f"{claim.threshold or 0:g}",
        question=quoted(claim.question or ""),
        before=_outcome(before),
        after=_outcome(after),
        items=", ".join(_items(claim, proved)),
    )


def _outcome(outcome: float | str | None) -> str:
    match outcome:
        case None:
            return "no level"
        case str():
            return outcome
        case int() | float():
            return f"{outcome:.6g}"


def _items(claim: Claim, proved: Proved) -> Iterator[str]:
    """The checklist items of a conflict, each with its party."""
    names = dict.fromkeys(str(at.steps[1]) for at in claim.core if at.steps[0] == "checklists")
    for name in names:
        yield f"{quoted(name)} ({proved.rubric.checklists[name].party})"


def _hint(claim: Claim, proved: Proved) -> str:
    if claim.question:
        return _fall(claim, proved)
    if claim.core:
        lead = LEADS.get(claim.kind, "these exclude it")
        return f"{lead}: {_listed([_stated(at, proved) for at in claim.core], MOST_PLACES)}"
    if claim.witnesses:
        behind = _behind(claim, proved)
        answers = claim.witnesses[0].answers
        return f"for example with {_answers({n: a for n, a in answers.items() if n in behind})}"
    return "delete it, or change what it stands for"


def _stated(at: At, proved: Proved) -> str:
    return f"{'.'.join(map(str, at.steps))} ({proved.place(at, key=_is_named(at))})"


def _fall(claim: Claim, proved: Proved) -> str:
    """Two answer sets that differ in one question, as far as they decide the outcome."""
    before, after = (one.answers for one in claim.witnesses)
    question, behind = claim.question or "", _behind(claim, proved)
    alike = {n: a for n, a in before.items() if n in behind - {question} and n in after}
    only = {n: a for n, a in after.items() if n in behind and n not in before}
    also = f"; asked only then: {_answers(only)}" if only else ""
    change = f"{question} from {_told(before[question])} to {_told(after[question])}"
    return f"{change}, with {_answers(alike)}{also}"


def _behind(claim: Claim, proved: Proved) -> set[str]:
    """The questions that can decide what a claim is about."""
    heads = (f"{claim.subject}.", f"{claim.subject}?")
    keys = [k for k in proved.plan.values if k == claim.subject or k.startswith(heads)]
    return {name for key in keys for name in proved.plan.questions_behind(key)}


def _answers(answers: Mapping[str, Told]) -> str:
    shown = [f"{name}: {_told(answer)}" for name, answer in answers.items()]
    return _listed(shown, MOST_ANSWERS) if shown else "any other answers"


def _told(answer: Told) -> str:
    match answer:
        case tuple():
            return f"[{', '.join(answer)}]"
        case str():
            return answer
        case int() | float():
            return f"{answer:g}"


def _listed(words: Sequence[str], most: int) -> str:
    rest = len(words) - most
    shown = ", ".join(words[:most])
    return f"{shown} and {rest} more" if rest > 0 else shown
