"""Several questionnaires on one city file: which question a key means, and which are the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from maturity.base.ids import NOT_APPLICABLE, UNKNOWN
from maturity.base.places import Steps
from maturity.model.city import SIDES, Answer, Answers, City, HasLacks, OneOf
from maturity.model.questionnaire import Question, Questionnaire
from maturity.rules.scope import Shape


class Ref(NamedTuple):
    """One answerable question of one questionnaire; written `questionnaire/question`."""

    questionnaire: str
    question: str

    def __str__(self) -> str:
        return f"{self.questionnaire}/{self.question}"


class Link(NamedTuple):
    """A question that means the same; `options` gives, for each option here, those it is there."""

    to: Ref
    options: Mapping[str, tuple[str, ...]]


class Given(NamedTuple):
    """An answer as one question reads it, with the key in the file under which it stands."""

    key: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Part:
    """A city file as one of its questionnaires reads it, with that one's answers by its own ids.

    `keys` gives, by the steps of an answer in `city`, the key under which it stands in the file.
    """

    city: City
    keys: Mapping[Steps, str]


@dataclass(frozen=True)
class Union:
    """The questionnaires that a city file answers, in its order."""

    questionnaires: tuple[Questionnaire, ...]

    @cached_property
    def asked(self) -> dict[Ref, tuple[Shape, Question]]:
        """Every answerable question of all of them."""
        return {
            Ref(one.id, shape.id): (shape, question)
            for one in self.questionnaires
            for shape, question in one.shapes()
        }

    @cached_property
    def links(self) -> dict[Ref, list[Link]]:
        """What each question is the same as, in both directions; what is not there is left out."""
        found: dict[Ref, list[Link]] = {}
        for questionnaire in self.questionnaires:
            for question in questionnaire.questions:
                for mine, theirs in pairs(questionnaire, question):
                    if self._are_of_one_kind(mine, theirs):
                        there = self._options(mine, theirs, question)
                        found.setdefault(mine, []).append(Link(theirs, there))
                        found.setdefault(theirs, []).append(Link(mine, _reversed(there)))
        return found

    def _are_of_one_kind(self, one: Ref, other: Ref) -> bool:
        kinds = [self.asked[ref][0].kind for ref in (one, other) if ref in self.asked]
        return kinds[:1] == kinds[1:]

    def _options(self, mine: Ref, theirs: Ref, question: Question) -> dict[str, tuple[str, ...]]:
        known = self.asked[theirs][0].options
        return {
            one: tuple(other for other in question.same_as.fellows(one) if other in known)
            for one in self.asked[mine][0].options
            if question.same_as
        }

    def holders(self, key: str) -> tuple[Ref, ...]:
        """The questions that a key of the file may mean, in the order of the questionnaires."""
        whole = Ref(*key.split("/", 1)) if "/" in key else None
        if whole is not None:
            return (whole,) if whole in self.asked else ()
        every = (Ref(one.id, key) for one in self.questionnaires)
        return tuple(ref for ref in every if ref in self.asked)

    def is_shared(self, one: Ref, other: Ref) -> bool:
        """Whether two questions are the same, through others where need be."""
        return any(found == other for found, _ in self._linked(one))

    def key_of(self, ref: Ref) -> str:
        """How a file names the question: by its id alone where that means no other."""
        first, *others = self.holders(ref.question)
        is_plain = first == ref and all(self.is_shared(ref, one) for one in others)
        return ref.question if is_plain else str(ref)

    def is_told_by(self, ref: Ref, others: Sequence[Ref]) -> bool:
        """Whether an answer to one of these others always tells that to this question, in full."""
        return any(
            found == ref and all(len(to) == 1 for to in mapping.values())
            for other in others
            for found, mapping in self._linked(other)
        )

    def _linked(self, start: Ref) -> Iterator[tuple[Ref, Mapping[str, tuple[str, ...]]]]:
        """Every question that is the same as this one, nearest first, with its options for each."""
        own = {one: (one,) for one in self.asked[start][0].options}
        reached: dict[Ref, Mapping[str, tuple[str, ...]]] = {start: own}
        waiting = [start]
        while waiting:
            here = waiting.pop(0)
            for link in self.links.get(here, ()):
                if link.to not in reached:
                    reached[link.to] = _chained(reached[here], link.options)
                    waiting.append(link.to)
                    yield link.to, reached[link.to]

    def read(self, answers: Mapping[str, Answer]) -> dict[Ref, list[Given]]:
        """What one set of answers says about every question, its own answer first.

        Keys that mean no question are left out.
        """
        own: dict[Ref, list[Given]] = {}
        carried: dict[Ref, list[Given]] = {}
        for key, answer in answers.items():
            for ref in self.holders(key)[:1]:
                own.setdefault(ref, []).append(Given(key, answer))
                for other, options in self._linked(ref):
                    told = self._carried(answer, ref, other, options)
                    if told is not None:
                        carried.setdefault(other, []).append(Given(key, told))
        return {ref: own.get(ref, []) + carried.get(ref, []) for ref in {**own, **carried}}

    def _carried(
        self, answer: Answer, ref: Ref, other: Ref, options: Mapping[str, tuple[str, ...]]
    ) -> Answer | None:
        may_drop_out = self.asked[other][1].may_be_inapplicable
        if self.asked[ref][0].kind not in ("choice", "multi"):
            return answer if answer.answer != NOT_APPLICABLE or may_drop_out else None
        known = {**options, UNKNOWN: (UNKNOWN,)}
        if may_drop_out:
            known[NOT_APPLICABLE] = (NOT_APPLICABLE,)
        return _translated(answer, known)

    def part(self, city: City, questionnaire: str) -> Part:
        """The city as this questionnaire reads it: as if the file had been written for it alone."""
        keys: dict[Steps, str] = {}

        def of(answers: Mapping[str, Answer], *steps: str | int) -> Answers:
            found = self._own(answers, questionnaire)
            keys.update({(*steps, name): given.key for name, given in found.items()})
            return {name: given.answer for name, given in found.items()}

        projects = tuple(
            one.model_copy(update={s: of(one.side(s), "projects", index, s) for s in SIDES})
            for index, one in enumerate(city.projects)
        )
        whole: dict[str, object] = {side: of(city.side(side), side) for side in SIDES}
        whole |= {"questionnaire": questionnaire, "questionnaires": None, "projects": projects}
        return Part(city.model_copy(update=whole), keys)

    def _own(self, answers: Mapping[str, Answer], questionnaire: str) -> dict[str, Given]:
        """For each question of a questionnaire the first answer that is known, else the first."""
        told = self.read(answers)
        return {
            ref.question: next((one for one in given if one.answer.answer != UNKNOWN), given[0])
            for ref, given in told.items()
            if ref.questionnaire == questionnaire
        }


def pairs(questionnaire: Questionnaire, question: Question) -> Iterator[tuple[Ref, Ref]]:
    """What a question says it is the same as: row by row where it has rows."""
    if question.same_as is None:
        return
    there, name = question.same_as.question.split("/", 1)
    if question.rows is None:
        yield Ref(questionnaire.id, question.id), Ref(there, name)
    for row in question.rows or ():
        yield Ref(questionnaire.id, f"{question.id}.{row}"), Ref(there, f"{name}.{row}")


def _reversed(options: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for here, there in options.items():
        for one in there:
            found[one] = (*found.get(one, ()), here)
    return found


def _chained(
    first: Mapping[str, tuple[str, ...]], second: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {
        one: tuple(dict.fromkeys(end for mid in mids for end in second.get(mid, ())))
        for one, mids in first.items()
    }


def _translated(answer: Answer, known: Mapping[str, tuple[str, ...]]) -> Answer | None:
    """The answer in the options of another question; None where it says nothing there."""
    match answer.answer:
        case str() as word:
            return _one_of((word,), answer, known)
        case OneOf(one_of=options):
            return _one_of(options, answer, known)
        case tuple() as chosen:
            listed = _each(chosen, known)
            return None if listed is None else answer.model_copy(update={"answer": listed})
        case HasLacks(has=has, lacks=lacks):
            mine, others = _each(has, known), _each(lacks, known)
            if mine is None or others is None:
                return None
            return answer.model_copy(update={"answer": HasLacks(has=mine, lacks=others)})
    return None


def _one_of(
    options: Sequence[str], answer: Answer, known: Mapping[str, tuple[str, ...]]
) -> Answer | None:
    listed = _each(options, known)
    if not listed:
        return None
    said = listed[0] if len(listed) == 1 else OneOf(one_of=listed)
    return answer.model_copy(update={"answer": said})


def _each(options: Sequence[str], known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Every option in the other's words; None where one of them has no word there."""
    if any(not known.get(option) for option in options):
        return None
    return tuple(dict.fromkeys(to for option in options for to in known[option]))
