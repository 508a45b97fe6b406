"""pydantic's findings as diagnostics, each at the place of the exact value or key."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from maturity.base.characters import quoted
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic, in_order
from maturity.base.flow import flow
from maturity.base.nearest import few_guesses, nearest
from maturity.base.places import Place, Steps
from maturity.base.strict import AT_ODDS, MISSING_ONE
from maturity.base.text import LANGUAGES
from maturity.loading.known import Keys, KnownKeys
from maturity.loading.nodes import Document
from maturity.model.city import PARTLY, Answer

SHOWN: Final = 60
"""How many characters of a value a message quotes."""

_BOUNDS: Final = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "not below"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "not above"),
}
"""For a kind of fault the key of the bound in its context, and what it asks for."""

FORMLESS: Final = frozenset({"condition", "item", "answer"})
"""The kinds of fault that say that a value has none of the forms that can stand there."""

_QUOTES: Final = 'put it in quotes: "…"'
_WRITE: Final = {
    "points": "write {option: points, …}, or declare a point set and write its name",
    "options": "write {option: label, …}, or declare an answer set and write its name",
    "plain": "write it as it stands in a result, or {in: […]}, {at_least: …} and so on",
    "text_map": "write one text, or {en: …, zh-Hant: …}",
}
"""What to write where nothing of the right form stands, by the kind of fault."""

_ENTRY: Final = "add an entry"
_MISSING: Final[dict[str | None, str]] = {
    "cases": "add a case: a name, answers, and what must come out",
    "expect": "say what must come out, such as `ladder.ID.confirmed: LEVEL`",
    "one-of": "name the options that are possible; where one is left, write it alone",
    "projects": "add a project: id, name, domain, answers",
}
"""What to add where entries are missing, by the key that holds them."""


@few_guesses()
def faults(error: ValidationError, model: type[BaseModel], document: Document) -> list[Diagnostic]:
    """Every finding once, sorted by place."""
    details = error.errors(include_url=False, include_context=True)
    known = KnownKeys(model)
    told = [one for one in details if not is_echo(one)]
    return in_order(fault for one in told for fault in _faults(one, known, document))


def is_echo(detail: ErrorDetails) -> bool:
    """Whether a list is called too short only because items in it are faulty."""
    if detail["type"] != "too_short" or not isinstance(detail["input"], list):
        return False
    least: int = detail.get("ctx", {}).get("min_length", 0)
    return len(detail["input"]) >= least


def _faults(detail: ErrorDetails, known: KnownKeys, document: Document) -> Iterator[Diagnostic]:
    """What one finding of pydantic tells; a map without form is told by its misspelt keys."""
    loc = detail["loc"]
    steps = steps_of(loc, document.data)
    if detail["type"] in FORMLESS and isinstance(detail["input"], dict):
        misspelt = list(_misspelt(detail["input"], known[loc], steps, document))
        yield from misspelt or [_fault(detail, steps, document)]
    elif detail["type"] == "text_map" and detail["input"]:
        yield from _of_text(detail["input"], steps, document)
    elif detail["type"] == "extra_forbidden":
        yield _unknown_key(loc, known[loc[:-1]], steps, document)
    else:
        yield _fault(detail, steps, document)


def _misspelt(
    entry: Mapping[str, Any], keys: Keys, steps: Steps, document: Document
) -> Iterator[Diagnostic]:
    """Each key that no form has and that is like one; nothing where none is."""
    for key in entry:
        near = None if key in keys.every else nearest(key, keys.every)
        if near:
            yield _no_key(key, f"did you mean {near!r}?", steps, document)


def _of_text(entry: Mapping[str, Any], steps: Steps, document: Document) -> Iterator[Diagnostic]:
    """What is wrong in a text by language: other keys, and what is no text."""
    for key, said in entry.items():
        if key not in LANGUAGES:
            near = nearest(key, LANGUAGES)
            hint = f"did you mean {near!r}?" if near else f"known keys: {', '.join(LANGUAGES)}"
            yield _no_key(key, hint, steps, document)
        elif not isinstance(said, str):
            place = document.place((*steps, key))
            message = f"expected a text, not {_shown(said)}"
            yield Diagnostic.of(Code.WRONG_VALUE, place, message, _QUOTES)


def _unknown_key(
    loc: Sequence[str | int], keys: Keys, steps: Steps, document: Document
) -> Diagnostic:
    key, form = str(loc[-1]), str(loc[-2]) if len(loc) > 1 else ""
    if form in PARTLY and key in Answer.model_fields and key != "answer":
        return _inside(key, document.place(steps, key=True))
    entry = _value_at(steps[:-1], document.data)
    head = next((one for one in keys.own if one in entry and form.endswith(f"-{one}")), None)
    if key in keys.others or key == "answer":
        given = [head] if head else [one for one in entry if one in keys.own]
        rest = "leave it out" if key in keys.flags else "keep one"
        hint = f"`{key}` does not go with {', '.join(f'`{one}`' for one in given)}: {rest}"
        return _no_key(key, hint, steps[:-1], document)
    # Where the form is told by its own key, a key of another form would only be refused again.
    near = nearest(key, keys.own if head else keys.every)
    hint = f"did you mean {near!r}?" if near else f"known keys: {', '.join(keys.own)}"
    return _no_key(key, hint, steps[:-1], document)


def _no_key(key: str, hint: str, steps: Steps, document: Document) -> Diagnostic:
    place = document.place((*steps, key), key=True)
    return Diagnostic.of(Code.UNKNOWN_KEY, place, f"no key {quoted(key)} here", hint)


def _value_at(steps: Steps, data: Any) -> Any:
    for part in steps:
        data = data[part]
    return data


def _fault(detail: ErrorDetails, steps: Steps, document: Document) -> Diagnostic:
    match detail["type"]:
        case "missing" if isinstance(detail["loc"][-1], int):
            said = f"entry {detail['loc'][-1] + 1} of this list is missing", "write [least, most]"
            return Diagnostic.of(Code.WRONG_VALUE, document.place(steps), *said)
        case "missing":
            key = str(detail["loc"][-1])
            said = f"the key {quoted(key)} is missing", f"add `{key}:` to this entry"
            return Diagnostic.of(Code.MISSING_KEY, document.place(steps), *said)
        case "too_short" | "too_long":
            return _miscounted(detail, steps, document)
        case "string_type" if "is-chosen" in detail["loc"]:
            hint = "a list holds the options of a multi question; a number is written alone: 10"
            message = f"expected an option in this list, not {_shown(detail['input'])}"
            return Diagnostic.of(Code.WRONG_VALUE, document.place(steps), message, hint)
        case kind if kind in (MISSING_ONE, AT_ODDS):
            code = Code.MISSING_KEY if kind == MISSING_ONE else Code.WRONG_VALUE
            hint, at = str(detail["ctx"]["hint"]), str(detail["ctx"].get("at") or "")
            place = document.place((*steps, at), key=True) if at else document.place(steps)
            return Diagnostic.of(code, place, detail["msg"], hint)
    is_key = "[key]" in detail["loc"]
    message, advice = _said(detail)
    return Diagnostic.of(Code.WRONG_VALUE, document.place(steps, key=is_key), message, advice)


def _miscounted(detail: ErrorDetails, steps: Steps, document: Document) -> Diagnostic:
    """Too few or too many entries; which key holds them is said."""
    key = next((one for one in reversed(steps) if isinstance(one, str)), None)
    count, context = len(detail["input"]), detail.get("ctx", {})
    named = quoted(key) if key is not None else "the file"
    if detail["type"] == "too_short":
        least = context.get("min_length", 1)
        message = f"{named} has {_entries(count)}, and needs at least {least}"
        return Diagnostic.of(
            Code.WRONG_VALUE, document.place(steps), message, _MISSING.get(key, _ENTRY)
        )
    message = f"{named} has {_entries(count)}, and takes at most {context.get('max_length', 1)}"
    return Diagnostic.of(Code.WRONG_VALUE, document.place(steps), message, "leave out the rest")


def _entries(count: int) -> str:
    return "no entry" if count == 0 else "1 entry" if count == 1 else f"{count} entries"


def _inside(key: str, place: Place) -> Diagnostic:
    """A key of the long form that stands inside what is partly known."""
    message = f"the key {quoted(key)} stands beside the answer, not inside it"
    hint = f"write {{answer: {{…}}, {key}: …}}, with what is partly known under `answer:`"
    return Diagnostic.of(Code.UNKNOWN_KEY, place, message, hint)


def steps_of(loc: Sequence[str | int], data: Any) -> Steps:
    """The steps of pydantic's location that exist in the data; names of union members fall out."""
    steps: list[str | int] = []
    for part in loc:
        if _is_step(part, data):
            data = data[part]
            steps.append(part)
    return tuple(steps)


def _is_step(part: str | int, data: Any) -> bool:
    if isinstance(data, Mapping):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and part < len(data)


def _said(detail: ErrorDetails) -> tuple[str, str | None]:
    shown = _shown(detail["input"])
    kind, context = detail["type"], detail.get("ctx", {})
    match kind:
        case "literal_error":
            expected = str(context.get("expected", ""))
            words = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
            near = nearest(str(detail["input"]), words)
            hint = f"did you mean {near!r}?" if near else f"expected {expected}"
            return f"{shown} is not one of {expected}", hint
        case "string_type":
            return f"expected a text, not {shown}", _QUOTES
        case "float_type" | "int_type" | "int_from_float":
            return f"expected a number, not {shown}", "write digits, without quotes and unit"
        case "tuple_type" | "list_type":
            return f"expected a list, not {shown}", "write it as [a, b], or each on a line with -"
        case "dict_type" | "model_type":
            return f"expected a map, not {shown}", "write it as {key: value}, or a key a line"
        case "bool_type":
            return f"expected true or false, not {shown}", None
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            key, side = _BOUNDS[kind]
            return f"expected a number {side} {flow(context[key])}, not {shown}", None
        case "text_blank" | "string_too_short":
            return "this text is empty", "write what readers are to see"
        case "string_pattern_mismatch":
            return f"{shown} does not have the form asked for here", _pattern_hint(context)
    is_map = isinstance(detail["input"], dict)
    is_whole = is_map and (kind in FORMLESS or "expected" not in detail["msg"])
    return detail["msg"] if is_whole else f"{detail['msg']}, not {shown}", _WRITE.get(kind)


def _pattern_hint(context: Mapping[str, Any]) -> str:
    pattern = str(context.get("pattern", ""))
    hints = {
        r"\d{1,6}": 'a version is three numbers in quotes, such as "1.0.0"',
        "proposed": "a source is `proposed`, or `key:place` such as `paper:4`",
        ":[^": "the source of a fact is `key:place`, such as `report:p. 12`",
        "}/[": "two ids with a stroke between them, such as `registry/entry`",
        "[A-Z]{2}": "a country is its ISO 3166-1 code of two capital letters, such as TW",
        ">=": 'a range of versions is written such as ">=1.0, <2"',
        "[A-Za-z]": "an id starts with a letter and has letters, digits and hyphens, at most 64",
    }
    return next((hint for mark, hint in hints.items() if mark in pattern), f"pattern: {pattern}")


def _shown(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case dict():
            return "a map"
        case list() | tuple():
            return "a list"
        case str():
            return quoted(value if len(value) <= SHOWN else f"{value[:SHOWN]}…")
    return flow(value)[:SHOWN]
