"""A city file to fill in, with the questionnaire's guidance as comments."""

import textwrap
from collections.abc import Iterator
from datetime import date

from maturity.base.text import Text
from maturity.model.questionnaire import Question
from maturity.render.words import Words

WIDTH = 96


def city_form(words: Words, today: date) -> str:
    """A valid city file in which every answer is `unknown`; the questions asked first lead."""
    questionnaire = words.bundle.questionnaire
    city_wide = [one for one in questionnaire.questions if one.scope == "city"]
    own = [one for one in questionnaire.questions if one.scope == "project"]
    lines = [
        *comment(words.say("form.head", questionnaire=words.text(questionnaire.name)), 0),
        "format: maturity/city@1",
        f"questionnaire: {questionnaire.id}",
        f"city: {{name: {_name('city', words)}, country: TW}}",
        f"assessed: {today.isoformat()}",
        *comment(words.say("form.sources"), 0),
        "sources: {}",
        "",
        *_city_wide(city_wide, words),
        "projects:",
        "  - id: project-1",
        f"    name: {_name('project', words)}",
        *comment(_domains(words), 4),
        f"    domain: {next(iter(questionnaire.domains), 'general')}",
        *comment(words.say("form.subject"), 4),
        '    subject: ""',
        "    weight: 1",
        *comment(words.say("form.answers"), 4),
        *_own(own, words),
        "",
        *comment(words.say("form.sides"), 4),
        "    government: {}",
        "    private: {}",
    ]
    return "\n".join(lines) + "\n"


def _city_wide(questions: list[Question], words: Words) -> Iterator[str]:
    """The answers that hold for every project; nothing where no question is asked so."""
    if questions:
        yield from comment(words.say("form.city-wide"), 0)
        yield from ("answers:", *_questions(questions, words, 2), "")


def _own(questions: list[Question], words: Words) -> Iterator[str]:
    """The answers of a project; an empty map where every question is city-wide."""
    yield "    answers:" if questions else "    answers: {}"
    first = [one for one in questions if one.ask_first]
    then = [one for one in questions if not one.ask_first]
    if first:
        yield from comment(words.say("form.ask-first"), 6)
        yield from (*_questions(first, words, 6), "")
    if then:
        yield from comment(words.say("form.then"), 6)
        yield from _questions(then, words, 6)


def _name(of: str, words: Words) -> str:
    return f"{{en: {words.say(f'form.{of}-en')}, zh-Hant: {words.say(f'form.{of}-zh')}}}"


def _domains(words: Words) -> str:
    names = words.bundle.questionnaire.domains
    return words.say("form.domains", domains=", ".join(f"{n} ({words.domain(n)})" for n in names))


def _questions(questions: list[Question], words: Words, indent: int) -> Iterator[str]:
    theme = None
    for question in questions:
        if question.theme != theme:
            theme = question.theme
            yield ""
            yield f"{' ' * indent}# === {words.theme(theme)} ==="
        yield ""
        yield from comment(_about(question, words), indent)
        for name in question.answerable():
            row = f"   # {words.row(name)}" if question.rows else ""
            yield f"{' ' * indent}{name}: unknown{row}"


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
        hanging = "    " if paragraph.startswith("  ") else ""
        wrapped = textwrap.wrap(
            paragraph, WIDTH - len(lead), subsequent_indent=hanging, drop_whitespace=True
        )
        lines += [f"{lead}{line}".rstrip() for line in wrapped or [""]]
    return lines
