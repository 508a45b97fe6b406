"""City files by chance, and spoilt by chance: bytes, lines and values put in or taken away."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final, TypeAlias

from tests.making.folder import STYLES

from maturity.model.city import SIDES

SNIPPETS: Final[tuple[str, ...]] = (
    *"\t\r\x00\x07\x1b\x7f\x85\xa0\u2028\u202e\u3000\ufeff：，é\U0001f600",
    *":{}[]&*!|>'\"%@`#-?,~0=<\\ .+",
    *("&a ", "*a", "!!str ", "!!int ", "! ", "<<: {en: a}", "<<: *a", "? a\n: b\n", "? ",
      "- ", ": "),
    *("---\n", "\n---\n", "...\n", "\n...\n", "%YAML 1.1\n", "%TAG ! !x\n", "--- ",
      "\n\n", "\n ", "\r\n"),
    *("no", "off", "012", "0o17", "0x1f", "1_0", "1:30", ".nan", ".inf", "-.5", "+1",
      "1e3", "1e999", "~"),
    *("2026-02-30", "2026-11-01", "null", "true", "9" * 16, "0.12345678901234567890",
      "unknown", "n/a"),
    *(" # said", "#", " #", "# a\n", "\n# a\n", "'it''s'",
      '"a\\u0041"', '"\\ud800"', '"\\x07"', '"\\e"'),
    *('"a\\\n   b"', "'a\n\n    b'", '"a\n  b" c', "|\n  x\n", ">-\n     x\n    y\n",
      "|2\n  x", ">+\n   x\n\n"),
    *("{", "}", "{}", "[]", "[a]", "[a, b]", "[a, a]", "[a, b,]", "[,]", "[a b]",
      "[a: b]", "{a: b, a: c}"),
    *("{a}", "{a:b}", "{a: b,c: d}", '{"en": "x"}', "{en: a, en: b}", "{en: [a]}",
      "{ en: x , zh-Hant: y }"),
    *("{one-of: [a, b]}", "{has: [a]}", "{has: [a], lacks: [b]}", "{has: [], lacks: []}",
          "{between: [1, 2]}"),
    *("{answer: a}", "{answer: not-applicable, reason: x}",
      "{answer: b, justification: '', note: {en: x}}"),
    *("not-applicable", "answer: a", "reason: x", "evidence: [{grade: none}]",
      "weight: .5", "ref: a/b"),
    *(" " * 120, "\n" * 30, "[" * 40, "{a: " * 20, "- " * 20, "a: " * 10, "'" * 9,
      '"' * 9, "x" * 1100),
)  # fmt: skip
"""What is put in: YAML of every kind, and words that some readers take for something else."""

Change: TypeAlias = Callable[[bytes, Random], bytes]


def _snippet(raw: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    bit = chance.choice(SNIPPETS).encode()
    return raw[:at] + bit + raw[at + chance.choice((0, 0, 1, len(bit))) :]


def _byte(raw: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    bit = bytes([chance.randrange(256)]) if chance.random() < 0.5 else b""
    return raw[:at] + bit + raw[at + chance.randint(0, 3) :]


def _value(raw: bytes, chance: Random) -> bytes:
    """The rest of a line behind a key or dash becomes something else."""
    lines = raw.split(b"\n")
    at = chance.randrange(len(lines))
    head, mark, _ = lines[at].partition(chance.choice((b": ", b": ", b"- ")))
    lines[at] = head + mark + chance.choice(SNIPPETS).encode()
    return b"\n".join(lines)


def _indent(raw: bytes, chance: Random) -> bytes:
    """A line, or all to the end, moves to the right or to the left."""
    lines = raw.split(b"\n")
    at, by = chance.randrange(len(lines)), chance.choice((1, 2, 4, -1, -2))
    for number in range(at, at + chance.choice((1, 1, 2, 5))):
        if number < len(lines):
            line = lines[number]
            lines[number] = b" " * by + line if by > 0 else line.removeprefix(b" " * -by)
    return b"\n".join(lines)


def _lines(raw: bytes, chance: Random) -> bytes:
    """Lines are taken away, doubled, or moved."""
    lines = raw.split(b"\n")
    at, many = chance.randrange(len(lines)), chance.choice((1, 1, 2, 6))
    taken = lines[at : at + many]
    if chance.random() < 0.6:
        del lines[at : at + many]
    if chance.random() < 0.6:
        to = chance.randrange(len(lines) + 1)
        lines[to:to] = taken
    return b"\n".join(lines)


def _break(raw: bytes, chance: Random) -> bytes:
    """A blank becomes a line break with an indent, or a line break a blank."""
    old, new = chance.choice(((b" ", b"\n" + b" " * chance.randint(0, 12)), (b"\n", b" ")))
    places = [at for at in range(len(raw)) if raw[at : at + 1] == old]
    at = chance.choice(places or [0])
    return raw[:at] + new + raw[at + 1 :]


CHANGES: Final[tuple[Change, ...]] = (
    _snippet,
    _snippet,
    _byte,
    _value,
    _value,
    _indent,
    _lines,
    _break,
)


def spoilt(raw: bytes, chance: Random, most: int = 3) -> bytes:
    """The bytes with up to so many changes, seldom none."""
    for _ in range(chance.choice((1, 1, 1, 1, 1, 1, *range(most + 1)))):
        raw = chance.choice(CHANGES)(raw, chance)
    return raw


_ANSWERS: Final[dict[str, Sequence[object]]] = {
    "choice": ["a", "b", "c", "unknown", {"one-of": ["a", "c"]}, {"answer": "b"}],
    "multi": [["a"], [], ["b", "c"], {"has": ["a"]}, {"lacks": ["a", "b"]}, {"has": ["c"],
        "lacks": ["a"]}],
    "absent": [{"answer": "not-applicable", "reason": "x"}, {"one-of": ["a",
        "not-applicable"]}],
    "number": [0, -3, 7.5, 1e-7, 12.0, {"between": [1, 2.5]}, "unknown", 1000000],
    "text": ["What is delivered", {"en": "Light", "zh-Hant": "照明"}, "unknown", "n/a", "7",
        "a: b # c"],
}  # fmt: skip
_KINDS: Final = {
    "one": "choice", "may": "choice", "rows.r": "choice", "rows.s": "choice", "some": "multi",
    "years": "number", "words": "text", "wide": "choice", "wide-some": "multi",
    "wide-words": "text",
}  # fmt: skip
_NOTES: Final = (
    "Kept.", "A long note that says: this, that and the other thing, so that it has to be folded.",
    {"en": "Two, and 'quotes'"}, {"en": "# no comment", "zh-Hant": "說明：全形"}, "", "- dash",
    'Said "so"\n\nand not otherwise', "trailing:", "  blanks  ", "[brackets]", "yes", "12", "?",
)  # fmt: skip
_EVIDENCE: Final = (
    {"grade": "statement", "source": "s1"}, {"grade": "none"},
    {"grade": "signed-clause", "source": {"en": "Act"}, "place": "§ 8, no. 2"},
)  # fmt: skip


def city_by_chance(chance: Random) -> bytes:
    """A small file for the questionnaire with every kind of question, in one of the styles.

    Most are valid. Answers stand on all sides, for the city and for the project.
    """
    projects = [_project(number, chance) for number in range(chance.choice((1, 1, 2)))]
    data: dict[str, object] = {
        "format": "maturity/city@1",
        "questionnaire": "made",
        "city": {"name": chance.choice(("Lund", {"en": "Lund", "zh-Hant": "隆德"}, "012", "No"))},
        "assessed": "2026-11-01",
        **({"illustration": True} if chance.random() < 0.3 else {}),
        **({"sources": {"s1": "Act", "s2": {"en": "Plan"}}} if chance.random() < 0.5 else {}),
        **_sides(["wide", "wide-some", "wide-words"], chance, 0.4),
        "projects": projects,
    }
    _, write, _, line_break = chance.choice(STYLES)
    return write(data).replace("\n", line_break).encode()


def _project(number: int, chance: Random) -> dict[str, object]:
    told = {
        "id": f"p{number}",
        "name": chance.choice(("P", {"en": "Lamps, all", "zh-Hant": "路燈"})),
    }
    weight = {"weight": chance.choice((1, 0.5, 2.25))} if chance.random() < 0.3 else {}
    subject = {"subject": chance.choice(_NOTES)} if chance.random() < 0.3 else {}
    return {**told, "domain": "d1", **subject, **weight, **_sides(list(_KINDS), chance, 0.6)}


def _sides(names: list[str], chance: Random, density: float) -> dict[str, object]:
    found: dict[str, object] = {}
    for side in SIDES:
        share = density if side == "answers" else density / 3
        answers = {name: _answer(name, chance) for name in names if chance.random() < share}
        if answers or chance.random() < 0.1:
            found[side] = answers
    return found


def _answer(name: str, chance: Random) -> object:
    kind = "absent" if chance.random() < (0.1 if name == "may" else 0.002) else _KINDS[name]
    value = chance.choice(_ANSWERS[kind])
    if chance.random() < 0.4:
        return value
    beside: dict[str, object] = {}
    for key in ("justification", "note", "reason"):
        if chance.random() < 0.3:
            beside[key] = chance.choice(_NOTES)
    if chance.random() < 0.5:
        beside["evidence"] = chance.sample(_EVIDENCE, chance.randint(0, 2))
    return (
        {"answer": value, **beside}
        if not isinstance(value, dict) or "answer" not in value
        else value
    )
