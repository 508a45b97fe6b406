"""The terminal output: what it says, and that no text of a file can harm or misalign it."""

import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random

import pytest
import wcwidth
from tests.making.reports import (
    CITY,
    RUBRIC,
    bare_report,
    example_report,
    renamed,
    scored,
    small_report,
    words_of,
)
from tests.making.size import size

from maturity.base.characters import HIDDEN
from maturity.render.terminal import terminal
from maturity.render.terminal.canvas import Piece, bar, printed, table
from maturity.render.terminal.cells import cells, shown, wrapped

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
ESCAPE = re.compile("\x1b\\[[0-9;]*m")
WIDTHS = (40, 57, 60, 80, 100, 120, 200)
PAGES = (
    ("linknyc", "en", 80),
    ("linknyc", "zh-Hant", 80),
    ("linknyc", "zh-Hant", 120),
    ("all-unknown", "en", 40),
)


def told(name: str, language: str = "en", width: int = 80, *, color: bool = False) -> str:
    report = example_report(f"{name}.yaml")
    return terminal(report, words_of(report, language), width, color)


def told_small(width: int = 80, *, color: bool = False) -> str:
    report = small_report()
    return terminal(report, words_of(report), width, color)


def boxes(text: str) -> list[list[str]]:
    """The lines of each table."""
    found: list[list[str]] = []
    for line in text.splitlines():
        if line.startswith("┌"):
            found.append([])
        if line.startswith(("┌", "│", "├", "└")):
            found[-1].append(line)
    return found


def assert_aligned(text: str, width: int) -> None:
    for box in boxes(text):
        assert len({wcwidth.wcswidth(line) for line in box}) == 1, "\n".join(box)
    assert max(map(wcwidth.wcswidth, text.splitlines())) <= width


@pytest.mark.parametrize(("name", "language", "width"), PAGES)
def test_whole_output(name: str, language: str, width: int) -> None:
    """With MATURITY_GOLDEN=write the pages are written anew, to be read before they are kept."""
    path = GOLDEN / f"terminal-{name}-{language}-{width}.txt"
    found = told(name, language, width)
    if os.environ.get("MATURITY_GOLDEN") == "write":
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


def test_a_scale_that_does_not_begin_at_nought_is_told_with_both_ends() -> None:
    rubric = RUBRIC.replace("scale: [1, 5], digits: 1", "scale: [-2, 6], digits: 1")
    report = scored(rubric, CITY)
    assert "(from -2 to 6)" in terminal(report, words_of(report), 120, color=False)
    assert "（-2 至 6）" in terminal(report, words_of(report, "zh-Hant"), 120, color=False)
    assert " of 10 " in told_small(120)


def test_where_the_sides_differ_it_asks_to_agree() -> None:
    shown = " ".join(told("illustration", width=120).split())
    assert "(0 known in part, 5 where the sides differ, 77 with evidence), 0 unanswered" in shown
    assert shown.count("The sides differ, so agree. Ask: ") == shown.count("Ask: ") > 10
    assert "so agree" not in told("linknyc")


@pytest.mark.untraced
@pytest.mark.parametrize(("language", "width"), list(product(("en", "zh-Hant"), WIDTHS)))
def test_columns_are_aligned_at_every_width(language: str, width: int) -> None:
    for name in ("linknyc", "illustration", "street-lights"):
        assert_aligned(told(name, language, width), width)


@pytest.mark.untraced
def test_all_widths_from_narrow_to_wide() -> None:
    for width in range(40, 201):
        assert_aligned(told_small(width), width)


def test_what_is_sure_comes_before_an_open_verdict_and_after_a_settled_one() -> None:
    open_one, settled = told_small().split("══ Well")[1], told_small().split("══ Dam")[1]
    assert open_one.index("What is surely so") < open_one.index("Undetermined: 2 of 2")
    assert settled.index("It sinks.") < settled.index("What is surely so")


def test_every_part_is_told() -> None:
    text = told_small()
    for said in (
        "lowered from warning: justified (years)",
        "Is there a plan? [plan]\n   government: Fully\n   private partner: Not at all",
        "decides: C1, scores: 2",
        "Answered by one side only (government): 1",
        "so not used: plan",
        "Ask: government. Usually found in: The contract",
        "Would settle: Depth (1 of 5 answers), C2",
        "│ 1–5 (from 1 to 5)",
        "does not apply    │",
        "1–2 of 2",
        "maturity explain lakeside.yaml mood",
    ):
        assert said in text


def test_a_rubric_may_have_no_more_than_a_ladder() -> None:
    report = bare_report()
    text = terminal(report, words_of(report), 80, color=False)
    assert " = Depth: D1 Wet\n" in text
    assert "up to W1 Broad" in text
    assert "Scores" not in text
    assert "maturity explain" not in text


def test_an_illustration_is_labelled() -> None:
    assert "Illustration, not a finding" in told("all-unknown")
    assert told("illustration").count("Illustration, not a finding") == 6


def test_nothing_known_says_so() -> None:
    text = told("all-unknown")
    assert re.search(r"Nothing yet: (\d+) of \1 questions are open\.", text)
    assert "Undetermined: 7 of 7 verdicts remain possible." in text


def test_one_project_is_not_told_as_a_spread() -> None:
    assert "Spread by domain" not in told("linknyc")
    assert "One project: it may be exposed" in told("linknyc")


def test_colour_adds_only_colour() -> None:
    plain, coloured = told_small(), told_small(color=True)
    assert "\x1b" not in plain
    lines = [line.rstrip() for line in ESCAPE.sub("", coloured).splitlines()]
    assert lines == plain.splitlines()
    assert coloured != plain


def test_same_input_same_bytes() -> None:
    assert told("illustration", "zh-Hant") == told("illustration", "zh-Hant")


def test_little_of_rich_is_imported() -> None:
    heavy = ("rich.console", "rich.table", "rich.markdown", "rich.traceback", "rich.syntax")
    code = f"import sys, maturity.render.terminal; print(sys.modules.keys() & {set(heavy)!r})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.strip() == b"set()"


# --- texts that mean harm ---------------------------------------------------------------------

PIECES = (
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x1b]8;;http://x\x1b\\",
    "\x9b31m",
    "\x85",
    "\x00",
    "\x7f",
    "\r",
    "\b\b\b",
    "\n",
    "\t",
    "\v\f",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\ufeff",
    "\U000e0041",
    "\ud800",
    "\udc9b",
    "[/]",
    "[red]",
    "[/red]",
    "[link=http://x]",
    "[bold",
    "\\[",
    ":smiley:",
    "{0}",
    "{name}",
    "%s",
    "│",
    "┌─┐",
    "a" * 70,
    "望加錫",
    "，。」",
    "（「",
    "\uff21\uff22",
    "ｱｲｳ",
    "한국어",
    "\u1112\u1161\u11ab",
    "e\u0301\u0302\u0303",
    "\u0301",
    "\u20dd",
    "z\u0335\u0334" * 5,
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\u00ad",
    "\ufe0f",
    "\u2764\ufe0f",
    "1\ufe0f\u20e3",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "\U0001f44d\U0001f3fd",
    "\U0001f3fd",
    "\U0001f1ee\U0001f1e9",
    "\U0001f1ee",
    "हिन्दी",
    "क्षत्रिय",
    "ประเทศไทย",
    "עברית",
    "عربى",
    "",
    " ",
)


def hostile() -> list[str]:
    """Each piece alone, and enough of them thrown together for 300."""
    random = Random(20261101)
    mixed = ["".join(random.choices(PIECES, k=random.randint(2, 6))) for _ in range(300)]
    return [piece for piece in [*PIECES, *mixed] if piece][: size(len(PIECES) + 40, 300)]


def assert_harmless(text: str) -> None:
    assert not HIDDEN.search(text)
    assert "\t" not in text
    text.encode("utf-8")


@pytest.mark.untraced
@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_no_text_harms_or_moves_a_column(language: str) -> None:
    random = Random(language)
    report = small_report()
    for text in hostile():
        width = random.randint(40, 200)
        for said in (text, f"a{text}中"):
            found = terminal(renamed(report, said), words_of(report, language), width, color=False)
            assert_harmless(found)
            assert_aligned(found, width)


@pytest.mark.untraced
def test_with_colour_only_our_own_escapes() -> None:
    report = small_report()
    for text in hostile():
        found = terminal(renamed(report, text), words_of(report), 80, color=True)
        assert_harmless(ESCAPE.sub("", found))


def test_markup_is_text() -> None:
    report = renamed(small_report(), "[red]x[/red] :smiley: [/] \\[ {0}")
    assert "[red]x[/red] :smiley: [/] \\[ {0}" in terminal(report, words_of(report), 80, color=True)


def test_hidden_characters_are_made_visible() -> None:
    assert shown("a\x1b[31mb\u202ec\ud800") == "a\ufffd[31mb\ufffdc\ufffd"


# --- cells, lines, tables ---------------------------------------------------------------------


def test_cells_agree_with_terminals() -> None:
    for text in hostile():
        assert cells(shown(text)) == wcwidth.wcswidth(shown(text)), ascii(text)


def test_a_mark_does_not_join_what_stands_before() -> None:
    assert shown("\u0301x") == "\N{DOTTED CIRCLE}\u0301x"


@pytest.mark.parametrize("width", [2, 3, 7, 20, 80])
def test_wrapped_loses_nothing_and_fits(width: int) -> None:
    for text in hostile():
        lines = wrapped(text, width)
        assert all(cells(line) <= width for line in lines)
        together = "".join(lines).replace(" ", "")
        assert together == "".join(shown(text).split())
        assert not any(unicodedata.category(line[0]).startswith("M") for line in lines if line)


def test_chinese_lines_do_not_begin_with_a_closing_sign() -> None:
    assert wrapped("保障足夠，但形式較複雜。", 9) == ["保障足", "夠，但形", "式較複", "雜。"]
    assert wrapped("由「雙方」議定", 4) == ["由", "「雙", "方」", "議定"]


def test_later_lines_stand_further_in() -> None:
    assert wrapped("one two three", 7, indent=2) == ["one two", "  three"]


def test_a_bar_is_solid_to_the_least_and_light_to_the_most() -> None:
    assert bar(25, 75, (0, 100), 8) == "██░░░░  "
    assert bar(3, 3, (1, 5), 4) == "██  "
    assert bar(-5, 500, (0, 100), 3) == "░░░"
    assert bar(1, 1, (2, 2), 3) == "   "


def test_a_table_too_narrow_for_its_words_is_a_list() -> None:
    rows = [(Piece("operating"), Piece("constitutional"))]
    assert printed(table(("one", ""), rows, 40), color=False).startswith("┌")
    assert (
        printed(table(("one", ""), rows, 20), color=False) == "one: operating\nconstitutional\n\n"
    )


def test_one_open_answer_is_told_as_one() -> None:
    report = example_report("linknyc.yaml")
    [project] = report.projects
    result = project.result._replace(next_questions=project.result.next_questions[:1])
    report = replace(report, projects=(replace(project, result=result),))
    for language, said in (
        ("en", "The answer that would settle most"),
        ("zh-Hant", "最能釐清結果的答案"),
    ):
        shown = terminal(report, words_of(report, language), 80, color=False)
        assert said in shown
        assert words_of(report, language).say("terminal.next", count=1) not in shown
