"""City files by the thousand: the examples, answered anew, in the styles in which people write."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple, TypeAlias

import yaml
from tests.making.shipped import ROOT, flagship

from maturity.rules.scope import Shape

Data: TypeAlias = dict[str, Any]
"""A city file as plain data."""

CHOSEN: Final = (
    ("chicago-meters.yaml", ("meters",)),
    ("linknyc.yaml", ("linknyc",)),
    ("street-lights.yaml", ("purchase", "availability", "savings")),
    ("taoyuan-lights.yaml", ("lights",)),
    ("illustration.yaml", ("lights",)),
    ("illustration.yaml", ("app",)),
)
"""Examples that answer one questionnaire, with those of their projects that are taken."""

_SLOT: Final = re.compile(r"Slot0(\w+?)0Slot")
_LONG: Final = 60  # characters of a text that are written in quotes by those who quote


class Slot(NamedTuple):
    """A place for something that differs from file to file.

    `kind`: `id`, `name`, `note` or a question; `indent` is that of the line in which it stands.
    """

    kind: str
    indent: int


class Template(NamedTuple):
    """A file, cut at its slots: text, slot, text, …, text."""

    texts: tuple[str, ...]
    slots: tuple[Slot, ...]
    lists: Callable[[list[str], int], str]
    line_break: str


class _Dumper(yaml.CSafeDumper):
    """Never an alias."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class _Quoting(_Dumper):
    """Long texts in double quotes, as some editors write them."""


def _quoted(dumper: Any, text: str) -> Any:
    style = '"' if len(text) > _LONG and not text.startswith("Slot0") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


class _Folding(_Dumper):
    """Long texts folded, as in the examples."""


def _folded(dumper: Any, text: str) -> Any:
    style = ">" if len(text) > _LONG else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Quoting.add_representer(str, _quoted)
_Folding.add_representer(str, _folded)


def _in_line(chosen: list[str], indent: int) -> str:
    del indent
    return f"[{', '.join(chosen)}]"


def _in_block(chosen: list[str], indent: int) -> str:
    if not chosen:
        return "[]"
    return "".join(f"\n{' ' * indent}- {one}" for one in chosen)


def _dumped(data: Data, dumper: type[_Dumper], *, flow: bool | None, width: int) -> str:
    text: str = yaml.dump(
        data, Dumper=dumper, allow_unicode=True, sort_keys=False, width=width,
        default_flow_style=flow,
    )  # fmt: skip
    return text


def _tended(data: Data) -> str:
    """Short maps on one line, long texts folded, comments, blank lines between projects."""
    text = _dumped(data, _Folding, flow=None, width=100)
    text = text.replace("\n- id:", "\n\n# The next deal.\n- id:")
    return f"# yaml-language-server: $schema=city.schema.json\n---\n{text}"


def _by_program(data: Data) -> str:
    """As a program writes it that knows nothing of style: lines of 80, everything in blocks."""
    return _dumped(data, _Dumper, flow=False, width=80)


def _with_quotes(data: Data) -> str:
    """Texts in quotes, one line each, maps on one line where they hold no others."""
    text = _dumped(data, _Quoting, flow=None, width=10_000)
    return re.sub(r"(?m)^(    subject:)", r"    # What the deal is about.\n\1", text)


def _plain_blocks(data: Data) -> str:
    """One line a text, everything in blocks; comments behind values, and Windows line ends."""
    text = _dumped(data, _Dumper, flow=False, width=10_000)
    return text.replace("\n  domain: ", "\n  weight: 1  # as agreed\n  domain: ")


STYLES: Final = (
    ("tended", _tended, _in_line, "\n"),
    ("program", _by_program, _in_block, "\n"),
    ("quotes", _with_quotes, _in_line, "\n"),
    ("blocks", _plain_blocks, _in_block, "\r\n"),
)
"""Name, writer, how a list is written, and what ends a line."""


def city_files(count: int, seed: int = 4) -> Iterator[tuple[str, str]]:
    """Names and texts of valid city files; the same seed gives the same files.

    Each has 100 to 330 lines, with evidence on most answers. Ids, names, notes and answers
    differ from file to file; the questionnaire is that of the flagship.
    """
    made, chance = templates(), Random(seed)
    for number in range(count):
        template = made[number % len(made)]
        yield f"city-{number:05}.yaml", _filled(template, number, chance)


def write_folder(folder: Path, count: int, seed: int = 4) -> None:
    """Put city files into a folder, which is made."""
    folder.mkdir(parents=True)
    for name, text in city_files(count, seed):
        (folder / name).write_text(text, encoding="utf-8", newline="")


@cache
def templates() -> tuple[Template, ...]:
    """Each example in each style; and those that are tended as they stand, with their own hand."""
    by_style = [
        _cut(write(_slotted(name, projects)), lists, line_break)
        for name, projects in CHOSEN
        for _, write, lists, line_break in STYLES
    ]
    return (*by_style, *(_cut(text, _in_line, "\n") for text in map(_by_hand, range(4))))


def _slotted(name: str, projects: tuple[str, ...]) -> Data:
    """An example of these projects, its answers, names and notes marked as slots."""
    raw = (ROOT / "examples" / name).read_text("utf-8")
    data: Data = yaml.load(raw, Loader=yaml.CBaseLoader)  # noqa: S506 - texts only, ours
    data.pop("illustration", None)
    data["projects"] = [one for one in data["projects"] if one["id"] in projects]
    data["city"]["name"] = _marked(data["city"]["name"], "name")
    for project in data["projects"]:
        project["id"] += "-Slot0id0Slot"
        project["name"] = _marked(project["name"], "name")
        for side in ("answers", "government", "private"):
            answers = project.get(side, {})
            project[side] = {key: _answer(key, one) for key, one in answers.items()}
    return data


def _answer(question: str, given: Any) -> Any:
    marked = f"Slot0{_encoded(question)}0Slot"
    if not isinstance(given, dict) or "answer" not in given:
        return marked
    beside = {"note": _marked(given["note"], "note")} if "note" in given else {}
    return {**given, "answer": marked, **beside}


def _marked(text: Any, kind: str) -> Any:
    if isinstance(text, dict):
        return {language: f"{said} Slot0{kind}0Slot" for language, said in text.items()}
    return f"{text} Slot0{kind}0Slot"


def _encoded(question: str) -> str:
    return "q_" + question.replace("-", "_").replace(".", "__")


@cache
def _shapes() -> dict[str, Shape]:
    return {_encoded(name): shape for name, shape in flagship().plan.shapes.items()}


def _by_hand(number: int) -> str:
    """An example as somebody has written it; only where an answer is one word is it a slot."""
    name = CHOSEN[number][0]
    text = (ROOT / "examples" / name).read_text("utf-8")
    known = _shapes()
    lines: list[str] = []
    question = ""
    for line in text.split("\n"):
        found = re.fullmatch(r"( +)([A-Za-z.-]+):(?: ([a-z-]+))?", line)
        question = found[2] if found and found[2] != "answer" else question
        shape = known.get(_encoded(question))
        if found and found[3] and shape is not None and shape.kind == "choice":
            line = f"{found[1]}{found[2]}: Slot0{_encoded(question)}0Slot"  # noqa: PLW2901
        lines.append(line)
    return re.sub(r"(?m)^(  - id: .*)$", r"\1-Slot0id0Slot", "\n".join(lines))


def _cut(text: str, lists: Callable[[list[str], int], str], line_break: str) -> Template:
    texts, slots, at = [], [], 0
    for found in _SLOT.finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        slots.append(Slot(found[1], len(line) - len(line.lstrip(" "))))
        texts.append(text[at : found.start()])
        at = found.end()
    return Template((*texts, text[at:]), tuple(slots), lists, line_break)


def _filled(template: Template, number: int, chance: Random) -> str:
    parts = []
    for text, slot in zip(template.texts, template.slots, strict=False):
        parts += [text, _filling(slot, template, number, chance)]
    whole = "".join([*parts, template.texts[-1]])
    return whole if template.line_break == "\n" else whole.replace("\n", template.line_break)


def _filling(slot: Slot, template: Template, number: int, chance: Random) -> str:
    match slot.kind:
        case "id":
            return f"{number:05}"
        case "name":
            return f"No. {number}"
        case "note":
            return f"({chance.randrange(10**6)})"
    return _said(_shapes()[slot.kind], slot.indent, template, chance)


def _said(shape: Shape, indent: int, template: Template, chance: Random) -> str:
    """A valid answer to a question; of ten about one is unknown."""
    if chance.random() < 0.1:
        return "unknown"
    match shape.kind:
        case "choice":
            picked = chance.choice(shape.options)
            rest = [one for one in shape.options if one != picked]
            if chance.random() < 0.85:
                return picked
            return f"{{one-of: [{picked}, {chance.choice(rest)}]}}"
        case "multi":
            picked_ones = [one for one in shape.options if chance.random() < 0.4]
            if chance.random() < 0.8:
                return template.lists(picked_ones, indent)
            lacks = [one for one in shape.options if one not in picked_ones][:2]
            return f"{{has: [{', '.join(picked_ones)}], lacks: [{', '.join(lacks)}]}}"
        case "number":
            low = chance.randint(int(shape.least), int(shape.most) - 1)
            return f"{low}" if chance.random() < 0.8 else f"{{between: [{low}, {low + 1}]}}"
        case "text":
            return f"Street lighting in district {chance.randrange(100)}"
