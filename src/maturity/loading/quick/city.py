"""`plain_city`: from the bytes of a city file to what the set engine needs of it."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from maturity.base.ids import UNKNOWN
from maturity.base.text import Text
from maturity.loading.quick.answers import Given, Sides, sides_in
from maturity.loading.quick.form import ID, Form, check_filled, check_text
from maturity.loading.quick.plain import NotPlainError, text_of
from maturity.loading.quick.reader import data_in
from maturity.model.city import SIDES, Side

_KEYS: Final = frozenset(
    ("format", "questionnaire", "city", "assessed", "illustration", "sources", *SIDES, "projects")
)
_OF_PROJECT: Final = frozenset(("id", "name", "domain", "subject", "weight", *SIDES))
_OF_CITY: Final = frozenset(("name", "country"))
_COUNTRY: Final = re.compile("[A-Z]{2}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_ID: Final = 300
_MOST_WEIGHT: Final = 1e9


class PlainProject(NamedTuple):
    """One project with all answers that hold for it, those for the whole city among them.

    `cells` gives, by side and question, the answer as the cell of a table (decision 0007); the
    content of a text is left out. `evidenced`: the questions that are answered, of which an answer
    that decides has evidence; whether they are asked is the engine's to say. `justified`: those
    of which an answer that decides, be it `unknown`, has a justification.
    """

    id: str
    name: Text
    domain: str
    weight: float
    cells: Mapping[tuple[Side, str], str]
    evidenced: frozenset[str]
    justified: frozenset[str]


class PlainCity(NamedTuple):
    """A city file that holds no error; `country` is empty where none is given."""

    name: Text
    country: str
    assessed: date
    illustration: bool
    projects: tuple[PlainProject, ...]


def plain_city(raw: bytes, form: Form) -> PlainCity | None:
    """What a city file says to the questionnaire of the form.

    None where it is not written plainly, holds an error, refers to other files, answers another
    questionnaire, or says something for which tables have no words: then `loading.models.load`
    and the checks tell. Never raises; time and memory grow with the size of the file alone.
    """
    try:
        return _city(data_in(text_of(raw)), form)
    except NotPlainError:
        return None


def _city(data: dict[str, Any], form: Form) -> PlainCity:
    if not data.keys() <= _KEYS or data.get("format") != "maturity/city@1":
        raise NotPlainError
    if data.get("questionnaire") != form.questionnaire:
        raise NotPlainError
    illustration, projects = data.get("illustration", False), data.get("projects")
    if illustration.__class__ is not bool or projects.__class__ is not list or not projects:
        raise NotPlainError
    _check_sources(data.get("sources", {}))
    name, country = _named(data.get("city"))
    whole = sides_in(data, form, of_city=True)
    found = tuple(_project(one, form, whole) for one in projects)
    _check_ids(found)
    return PlainCity(name, country, _date(data.get("assessed")), illustration, found)


def _check_sources(sources: Any) -> None:
    if sources.__class__ is not dict:
        raise NotPlainError
    for key, said in sources.items():
        if not ID.fullmatch(key):
            raise NotPlainError
        check_text(said)


def _named(city: Any) -> tuple[Text, str]:
    """Name and country; a reference to a registry is for others to look up."""
    if city.__class__ is not dict or not city.keys() <= _OF_CITY:
        raise NotPlainError
    country = city.get("country")
    if country is None:
        country = ""
    elif country.__class__ is not str or not _COUNTRY.fullmatch(country):
        raise NotPlainError
    return _name(city.get("name")), country


def _name(said: Any) -> Text:
    """A text that says something."""
    check_filled(said)
    return Text(plain=said) if said.__class__ is str else Text(by_language=said)


def _date(said: Any) -> date:
    if said.__class__ is not str or not _DATE.fullmatch(said):
        raise NotPlainError
    return _day(said)


@lru_cache(maxsize=1000)
def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise NotPlainError from None


def _project(data: Any, form: Form, whole: Sides) -> PlainProject:
    if data.__class__ is not dict or not data.keys() <= _OF_PROJECT:
        raise NotPlainError
    id_, domain, weight = data.get("id"), data.get("domain"), data.get("weight", 1.0)
    if id_.__class__ is not str or not 0 < len(id_) <= _LONGEST_ID:
        raise NotPlainError
    if domain.__class__ is not str or not ID.fullmatch(domain):
        raise NotPlainError
    if weight.__class__ not in (int, float) or not 0 < weight <= _MOST_WEIGHT:
        raise NotPlainError
    if data.get("subject") is not None:
        check_text(data["subject"])
    name = _name(data.get("name"))
    sides = _merged(sides_in(data, form, of_city=False), whole)
    return PlainProject(id_, name, domain, float(weight), *_told(sides))


def _merged(own: Sides, whole: Sides) -> Sides:
    """A project's own answers on a question, of any side, before those for the whole city."""
    if not whole:
        return own
    answered = {name for answers in own.values() for name in answers}
    return {
        side: {name: one for name, one in whole.get(side, {}).items() if name not in answered}
        | dict(own.get(side, {}))
        for side in SIDES
    }


def _told(sides: Sides) -> tuple[dict[tuple[Side, str], str], frozenset[str], frozenset[str]]:
    """The cells of a project, the questions that are evidenced, and those that are justified."""
    cells: dict[tuple[Side, str], str] = {}
    evidenced: set[str] = set()
    justified: set[str] = set()
    for side, answers in sides.items():
        for name, one in answers.items():
            cells[side, name] = one.cell
            if (one.evidenced or one.justified) and _decides(one, side, name, sides):
                if one.evidenced and one.cell != UNKNOWN:
                    evidenced.add(name)
                if one.justified:
                    justified.add(name)
    return cells, frozenset(evidenced), frozenset(justified)


def _decides(one: Given, side: Side, name: str, sides: Sides) -> bool:
    """Whether this answer is one that decides, as `model.states.Said.used` has it.

    The joint one, else those of the sides; but an explicit unknown gives way to what is known.
    """
    if side == "answers":
        return one.cell != UNKNOWN or not _is_known(name, sides, _OF_SIDES)
    if _is_known(name, sides, _JOINT):
        return False
    return one.cell != UNKNOWN or (
        name not in sides.get("answers", {}) and not _is_known(name, sides, _OF_SIDES)
    )


_JOINT: Final[tuple[Side, ...]] = SIDES[:1]
_OF_SIDES: Final[tuple[Side, ...]] = SIDES[1:]


def _is_known(name: str, sides: Sides, among: tuple[Side, ...]) -> bool:
    found = (sides[side].get(name) for side in among if side in sides)
    return any(one is not None and one.cell != UNKNOWN for one in found)


def _check_ids(projects: tuple[PlainProject, ...]) -> None:
    """No two projects of one id; letter case and Unicode forms do not tell ids apart."""
    if len(projects) > 1:
        plain = {normalize("NFC", normalize("NFC", one.id).casefold()) for one in projects}
        if len(plain) != len(projects):
            raise NotPlainError
