"""Conditions against the questionnaire: unknown names, and forms that do not fit."""

from collections.abc import Iterable, Iterator, Sequence

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.ids import NOT_APPLICABLE
from maturity.base.places import Place, Places, Steps
from maturity.checks.hints import instead_of
from maturity.checks.mentions import Mention
from maturity.checks.questions import Asked, Questions
from maturity.checks.readings import Reading
from maturity.rules.bounded import Bounded
from maturity.rules.expr import Bounds
from maturity.rules.scope import Kind
from maturity.rules.selection import Selector

FORMS_OF: dict[Kind, str] = {
    "choice": "`in: [option, …]`",
    "multi": "`has`, `has_all`, `lacks` or `chosen`",
    "number": "`at_least`, `above`, `at_most` or `below`",
    "text": "nothing: the text of an answer is never judged",
}
"""What a condition can ask of each kind of question."""


def check_readings(
    mentions: Sequence[Mention], readings: Sequence[Reading], places: Places, questions: Questions
) -> Iterator[Diagnostic]:
    """Every fault that conditions have whatever the file they stand in."""
    yield from unknown_questions(readings, places, questions)
    yield from unknown_selections(readings, places, questions)
    yield from wrong_kinds(readings, places, questions)
    yield from unknown_options(readings, places, questions)
    yield from crossed_bounds(mentions, places)


def unknown_questions(
    readings: Iterable[Reading], places: Places, questions: Questions
) -> Iterator[Diagnostic]:
    """M104: a condition names a question that there is not."""
    for reading in readings:
        for name, steps in reading.names:
            if name not in questions.asked:
                yield questions.unknown(name, places.of(steps))


def unknown_selections(
    readings: Iterable[Reading], places: Places, questions: Questions
) -> Iterator[Diagnostic]:
    """M104, M202, M303: a selector names a question with rows, a theme or a tag that is not."""
    for reading in readings:
        if reading.selector is not None:
            yield from unknown_criteria(reading.selector, reading.names_at, places, questions)


def unknown_criteria(
    selector: Selector, steps: Steps, places: Places, questions: Questions
) -> Iterator[Diagnostic]:
    """M104, M202, M303 for one selector, which stands at these steps."""
    theme, tag, parent = selector.theme, selector.tag, selector.rows_of
    if theme is not None and theme not in questions.themes:
        yield questions.unknown_theme(theme, places.of((*steps, "theme")))
    if tag is not None and tag not in questions.tags:
        message = f"no question has the tag {quoted(tag)}"
        hint = instead_of(tag, questions.tags, "the tags are")
        yield Diagnostic.of(Code.UNKNOWN_NAME, places.of((*steps, "tag")), message, hint)
    if parent is not None and parent not in questions.rows:
        message = f"there is no question with rows {quoted(parent)}"
        hint = instead_of(parent, questions.rows, "questions with rows are")
        yield Diagnostic.of(Code.UNKNOWN_QUESTION, places.of((*steps, "rows_of")), message, hint)


def wrong_kinds(
    readings: Iterable[Reading], places: Places, questions: Questions
) -> Iterator[Diagnostic]:
    """M207: the form of a condition does not fit the kind of question."""
    for reading in readings:
        for name, steps in reading.names:
            asked = questions.asked.get(name)
            if asked is not None and asked.shape.kind != reading.kind:
                yield wrong_kind(asked, reading.kind, places.of(steps))


def wrong_kind(asked: Asked, wanted: Kind, place: Place) -> Diagnostic:
    """M207 for one question."""
    kind = asked.shape.kind
    message = (
        f"{quoted(asked.shape.id)} is a {kind} question, and this fits a {wanted} question only"
    )
    hint = f"a condition can ask of a {kind} question: {FORMS_OF[kind]}"
    return Diagnostic.of(Code.WRONG_KIND, place, message, hint)


def unknown_options(
    readings: Iterable[Reading], places: Places, questions: Questions
) -> Iterator[Diagnostic]:
    """M107: a condition names an option that none of its questions has."""
    for reading in readings:
        known = _options_known(reading, questions)
        if known is None or known.issuperset(reading.options):
            continue
        for index, option in enumerate(reading.options):
            if option not in known:
                place = places.of((*reading.options_at, index))
                yield unknown_option(option, known, place, _subject(reading))


def unknown_option(option: str, known: frozenset[str], place: Place, question: str) -> Diagnostic:
    """M107 for one option; `question` says whose it is not."""
    message = f"{quoted(option)} is not an option of {question}"
    hint = instead_of(option, sorted(known), "the options are")
    return Diagnostic.of(Code.UNKNOWN_OPTION, place, message, hint)


def crossed_bounds(mentions: Iterable[Mention], places: Places) -> Iterator[Diagnostic]:
    """M208: no number lies within the bounds."""
    for mention in mentions:
        if isinstance(mention.form, Bounded) and no_number_within(mention.form.bounds()):
            yield bounds_crossed(places.of(mention.steps))


def bounds_crossed(place: Place) -> Diagnostic:
    """M208 for one pair of bounds."""
    message = "no number lies within these bounds"
    return Diagnostic.of(
        Code.CROSSED_BOUNDS, place, message, "the lower bound must be below the upper one"
    )


def no_number_within(bounds: Bounds) -> bool:
    """Whether the bounds exclude each other."""
    lows = [(x, open_) for x, open_ in ((bounds.at_least, 0), (bounds.above, 1)) if x is not None]
    highs = [(x, open_) for x, open_ in ((bounds.below, 0), (bounds.at_most, 1)) if x is not None]
    return bool(lows and highs) and max(lows) >= min(highs)


def _options_known(reading: Reading, questions: Questions) -> frozenset[str] | None:
    """The options that may be named; None where another fault keeps them from being known."""
    known = {NOT_APPLICABLE} if reading.kind == "choice" else set[str]()
    for name, _ in reading.names:
        asked = questions.asked.get(name)
        if asked is None or asked.shape.kind != reading.kind or not asked.options:
            return None
        known |= asked.options
    return frozenset(known) if reading.names else None


def _subject(reading: Reading) -> str:
    if len(reading.names) == 1:
        return quoted(reading.names[0][0])
    return f"any of the {len(reading.names)} questions"
