"""Questions that several questionnaires share: whether they are the same, and so the answers."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Places, Steps
from maturity.checks.hints import instead_of, listed
from maturity.model.city import Answer, City
from maturity.model.questionnaire import Question, Questionnaire, SameAs
from maturity.model.state import ChoiceState, MultiState, NumberState, State
from maturity.model.states import state_of
from maturity.model.union import Ref, Union

Mine = tuple[Steps, Question, SameAs]


def check_same_as(
    questionnaire: Questionnaire, places: Places, others: Mapping[str, Questionnaire]
) -> Iterator[Diagnostic]:
    """Everything about `same_as`; a questionnaire that is not among the others is left alone."""
    for index, question in enumerate(questionnaire.questions):
        if question.same_as is None:
            continue
        mine = ("questions", index, "same_as"), question, question.same_as
        there, name = question.same_as.question.split("/", 1)
        if there == questionnaire.id:
            yield _not_the_same(
                mine, places, "a question cannot be the same as one of its own questionnaire"
            )
        elif there in others:
            yield from _beside(mine, places, questionnaire, others[there], name)


def _beside(
    mine: Mine, places: Places, questionnaire: Questionnaire, other: Questionnaire, name: str
) -> Iterator[Diagnostic]:
    question = mine[1]
    known = {shape.id: one for shape, one in other.shapes()}
    names = [f"{name}.{row}" for row in question.rows] if question.rows else [name]
    missing = [one for one in names if one not in known]
    if missing:
        yield unknown_shared(mine, places, other, missing[0], known)
        return
    theirs = known[names[0]]
    if question.kind != theirs.kind or question.range != theirs.range:
        forms = f"{_form(question)}, and the other {_form(theirs)}"
        yield _not_the_same(mine, places, f"this question is {forms}")
        return
    own, there = list(questionnaire.labels(question)), list(other.labels(theirs))
    yield from options_do_not_fit(mine, places, own, there)


def unknown_shared(
    mine: Mine, places: Places, other: Questionnaire, name: str, known: Collection[str]
) -> Diagnostic:
    """M213: the other questionnaire has no such question."""
    message = f"the questionnaire {quoted(other.id)} has no question {quoted(name)}"
    hint = instead_of(name, known, "its questions are")
    return Diagnostic.of(Code.UNKNOWN_SHARED_QUESTION, places.of(mine[0]), message, hint)


def options_do_not_fit(
    mine: Mine, places: Places, own: list[str], theirs: list[str]
) -> Iterator[Diagnostic]:
    """M214: the options of one do not map completely to those of the other."""
    steps, question, same = mine
    unknown = list(_unknown_options(same, own, theirs))
    for option, wrong, known in unknown:
        message = f"there is no option {quoted(wrong)} to map"
        hint = instead_of(wrong, known, "the options are")
        place = places.of((*steps, "options", option), key=wrong == option)
        yield Diagnostic.of(Code.NOT_THE_SAME, place, message, hint)
    if unknown:
        return
    met = Counter(to for one in own for to in same.fellows(one))
    alone = [one for one in own if not set(same.fellows(one)) & set(theirs)]
    alone += [one for one in theirs if one not in met]
    if alone:
        message = f"there are options without a fellow in the other question: {listed(alone)}"
        hint = "map each with `options: {mine: theirs}`, or leave `same_as` out"
        yield _not_the_same(mine, places, message, hint)
    elif question.kind == "multi" and (len(own) != len(theirs) or set(met.values()) != {1}):
        message = "the options of a multi question map to those of the other one to one"
        yield _not_the_same(mine, places, message)


def _unknown_options(
    same: SameAs, own: list[str], theirs: list[str]
) -> Iterator[tuple[str, str, list[str]]]:
    """Each entry of the map that names no option: its key, the word, and what there is."""
    for option in same.options:
        if option not in own:
            yield option, option, own
        yield from ((option, to, theirs) for to in same.fellows(option) if to not in theirs)


def _not_the_same(
    mine: Mine, places: Places, message: str, hint: str = "leave `same_as` out"
) -> Diagnostic:
    """M214: the two do not ask the same."""
    return Diagnostic.of(Code.NOT_THE_SAME, places.of(mine[0]), message, hint)


def _form(question: Question) -> str:
    if question.range is None:
        return f"a {question.kind}"
    return f"a number from {question.range[0]:g} to {question.range[1]:g}"


def ambiguous_questions(city: City, places: Places, union: Union) -> Iterator[Diagnostic]:
    """M122: several questionnaires have a question of this id, and they are not the same."""
    for steps, answers in city.places():
        for key in answers:
            first, *others = union.holders(key) or (Ref("", ""),)
            strange = [one for one in others if not union.is_shared(first, one)]
            if strange:
                where = listed(one.questionnaire for one in (first, *strange))
                message = f"{quoted(key)} is a question of its own in each of {where}"
                hint = f"write {' or '.join(f'`{one}`' for one in (first, *strange))}"
                place = places.of((*steps, key), key=True)
                yield Diagnostic.of(Code.AMBIGUOUS_QUESTION, place, message, hint)


def contradictions(city: City, places: Places, union: Union) -> Iterator[Diagnostic]:
    """M123: two answers of one side, to questions that are the same, exclude each other."""
    for steps, answers in city.places():
        told: set[tuple[str, str]] = set()
        for ref, given in union.read(answers).items():
            for one, other in combinations(given, 2):
                pair = (one.key, other.key)
                if pair not in told and _exclude(union, ref, one.answer, other.answer):
                    told |= {pair, pair[::-1]}
                    yield _contradiction((*steps, other.key), (*steps, one.key), places)


def _contradiction(later: Steps, earlier: Steps, places: Places) -> Diagnostic:
    there = places.of(earlier, key=True)
    message = f"this contradicts the answer to {quoted(str(earlier[-1]))} at {there}"
    hint = "the two questions are the same: answer one of them, or both alike"
    return Diagnostic.of(Code.CONTRADICTION, places.of(later, key=True), message, hint)


def _exclude(union: Union, ref: Ref, one: Answer, other: Answer) -> bool:
    shape, question = union.asked[ref]
    declarable = question.may_be_inapplicable
    return _are_apart(state_of(one, shape, declarable), state_of(other, shape, declarable))


def _are_apart(one: State, other: State) -> bool:
    """Whether nothing can be as both of them say. What a text says is not compared."""
    match one, other:
        case ChoiceState(), ChoiceState():
            return one.possible.isdisjoint(other.possible)
        case MultiState(), MultiState():
            apart = bool(one.chosen & other.refused or other.chosen & one.refused)
            return apart or {one.applies, other.applies} == {True, False}
        case NumberState(), NumberState():
            apart = one.least > other.most or other.least > one.most
            return apart or {one.applies, other.applies} == {True, False}
    return False
