"""A city file to fill in, with the questionnaire's guidance as comments."""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from maturity.base.text import Text
from maturity.model.questionnaire import Question
from maturity.model.union import Ref, Union
from maturity.render.terminal.cells import wrapped
from maturity.render.words import Words

WIDTH = 96


@dataclass(frozen=True, slots=True)
class _Form:
    """The questionnaires of a form, each with its words, and what they share."""

    parts: tuple[Words, ...]
    union: Union

    @property
    def words(self) -> Words:
        """What the form itself says."""
        return self.parts[0]

    def asked(self, words: Words) -> list[Question]:
        """The questions of a part that no answer to a part before it tells already."""
        told: list[Ref] = []
        for one in self.parts[: self.parts.index(words)]:
            instrument = one.bundle.questionnaire
            told += [Ref(instrument.id, shape.id) for shape, _ in instrument.shapes()]
        own = words.bundle.questionnaire
        return [
            one
            for one in own.questions
            if not all(self.union.is_told_by(Ref(own.id, n), told) for n in one.answerable())
        ]


def city_form(parts: Sequence[Words], today: date) -> str:
    """A valid city file in which every answer is `unknown`; the questions asked first lead.

    There are words for each questionnaire. What two of them share is asked once.
    """
    form = _Form(tuple(parts), Union(tuple(one.bundle.questionnaire for one in parts)))
    words = form.words
    names = words.several(one.text(one.bundle.questionnaire.name) for one in parts)
    lines = [
        *comment(words.say("form.head", questionnaire=names), 0),
        "format: maturity/city@1",
        _instruments(form),
        f"city: {{name: {_name('city', words)}, country: TW}}",
        f"assessed: {today.isoformat()}",
        *comment(words.say("form.sources"), 0),
        "sources: {}",
        "",
        *_city_wide(form),
        "projects:",
        "  - id: project-1",
        f"    name: {_name('project', words)}",
        *comment(_domains(form), 4),
        f"    domain: {next(iter(_known_domains(form)), 'general')}",
        *comment(words.say("form.subject"), 4),
        '    # subject: "…"',
        "    weight: 1",
        *comment(words.say("form.answers"), 4),
        *_own(form),
        "",
        *comment(words.say("form.sides"), 4),
        "    government: {}",
        "    private: {}",
    ]
    return "\n".join(lines) + "\n"


def _is_asked(form: _Form, scope: str) -> bool:
    return any(one.scope == scope for words in form.parts for one in form.asked(words))


def _city_wide(form: _Form) -> Iterator[str]:
    """The answers that hold for every project; nothing where no question is asked so."""
    if _is_asked(form, "city"):
        yield from comment(form.words.say("form.city-wide"), 0)
        yield from ("answers:", *_questions(form, lambda one: one.scope == "city", 2), "")


def _own(form: _Form) -> Iterator[str]:
    """The answers of a project; an empty map where every question is city-wide."""
    yield "    answers:" if _is_asked(form, "project") else "    answers: {}"
    first = list(_questions(form, lambda one: one.scope == "project" and one.ask_first, 6))
    then = list(_questions(form, lambda one: one.scope == "project" and not one.ask_first, 6))
    if first:
        yield from (*comment(form.words.say("form.ask-first"), 6), *first, "")
    if then:
        yield from (*comment(form.words.say("form.then"), 6), *then)


def _instruments(form: _Form) -> str:
    first, *others = (one.id for one in form.union.questionnaires)
    return (
        f"questionnaires: [{', '.join((first, *others))}]" if others else f"questionnaire: {first}"
    )


def _name(of: str, words: Words) -> str:
    return f"{{en: {words.say(f'form.{of}-en')}, zh-Hant: {words.say(f'form.{of}-zh')}}}"


def _known_domains(form: _Form) -> dict[str, str]:
    """The domains of all questionnaires with their names."""
    return {
        name: words.domain(name)
        for words in reversed(form.parts)
        for name in words.bundle.questionnaire.domains
    }


def _domains(form: _Form) -> str:
    names = _known_domains(form).items()
    return form.words.say("form.domains", domains=", ".join(f"{n} ({said})" for n, said in names))


def _questions(form: _Form, wanted: Callable[[Question], bool], indent: int) -> Iterator[str]:
    """The questions wanted of each questionnaire, theme by theme; of several, under its name."""
    for words in form.parts:
        questions = [one for one in form.asked(words) if wanted(one)]
        if questions and len(form.parts) > 1:
            yield ""
            yield f"{' ' * indent}# ##### {words.text(words.bundle.questionnaire.name)} #####"
        yield from _of_one(form, words, questions, indent)


def _of_one(form: _Form, words: Words, questions: list[Question], indent: int) -> Iterator[str]:
    theme, own = None, words.bundle.questionnaire.id
    for question in questions:
        if question.theme != theme:
            theme = question.theme
            yield ""
            yield f"{' ' * indent}# === {words.theme(theme)} ==="
        yield ""
        yield from comment(_about(question, words), indent)
        for name in question.answerable():
            row = f"   # {words.row(name)}" if question.rows else ""
            yield f"{' ' * indent}{form.union.key_of(Ref(own, name))}: unknown{row}"


def _about(question: Question, words: Words) -> str:
    asked = words.say(f"party.{question.asked}")
    parts = [
        words.say("form.question", ask=words.text(question.ask), asked=asked),
        *_told(question.guidance, "form.guidance", words),
        *_told(question.evidence, "form.evidence", words),
        *_told(question.stands_in, "form.stands-in", words),
    ]
    parts += [
        words.say("form.option", id=option, label=words.text(label))
        for option, label in words.bundle.questionnaire.labels(question).items()
    ]
    if question.kind == "multi":
        parts.append(words.say("form.multi"))
    if question.range:
        least, most = question.range
        unit = words.text(question.unit)
        parts.append(words.say("form.number", least=f"{least:g}", most=f"{most:g}", unit=unit))
    if question.applies_when is not True:
        parts.append(words.say("form.conditional"))
    return "\n".join(parts)


def _told(text: Text | None, key: str, words: Words) -> list[str]:
    return [words.say(key, text=words.text(text))] if text else []


def comment(text: str, indent: int) -> list[str]:
    """A text as comment lines of YAML, wrapped; its own line breaks stay."""
    lead = f"{' ' * indent}# "
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines += [f"{lead}{line}".rstrip() for line in _folded(paragraph, WIDTH - len(lead))]
    return lines


def _folded(paragraph: str, width: int) -> list[str]:
    """The lines of a paragraph; those after the first hang where it begins with blanks.

    Chinese has no blanks to break at, and no line of it begins with a full stop.
    """
    hanging = "    " if paragraph.startswith("  ") else ""
    if paragraph.isascii():
        return textwrap.wrap(paragraph, width, subsequent_indent=hanging) or [""]
    lead = paragraph[: len(paragraph) - len(paragraph.lstrip())]
    first, *rest = wrapped(paragraph, width - len(hanging))
    return [lead + first, *(hanging + line for line in rest)]
