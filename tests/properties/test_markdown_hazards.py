"""No text of a city file or of a model becomes markup in a report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.making.advised import advised, as_written, words
from tests.making.size import first_traced, size

from maturity.base.characters import visible
from maturity.render.markdown import markdown
from maturity.render.markdown.escaping import JOINER, escaped

CORES: Final = (
    "|",
    "||",
    "a|b|c",
    "| --- |",
    "| a | b |\n| --- | --- |\n| c | d |",
    r"\|",
    r"\\|",
    "`|`",
    "\n",
    "\n\n",
    "a\nb",
    "a\r\nb",
    "a\n\n    code",
    "a\n\n# b",
    "a  \nb",
    "a\\\nb",
    "\t- a",
    "# a",
    "###### a",
    "a\n===",
    "a\n---",
    "---",
    "***",
    "___",
    "=====",
    "- a",
    "* a",
    "+ a",
    "1. a",
    "1) a",
    "123456789. a",
    "> a",
    ">> a",
    "    a",
    "```",
    "```sh\na\n```",
    "~~~",
    "`a`",
    "``a``",
    "<b>",
    "<b>a</b>",
    "<script>alert(1)</script>",
    "<!-- a -->",
    "<?a?>",
    "<![CDATA[a]]>",
    "</table>",
    "<img src=x onerror=alert(1)>",
    "<details>",
    "<br>",
    "<br/>",
    "<a href=x>a</a>",
    "![](http://x.org/a.png)",
    "![a](x)",
    "![a][b]",
    "[a](http://x.org)",
    "[x](javascript:alert(1))",
    "[a](<b c>)",
    "[a][b]",
    "[a]",
    "[a]: http://x.org",
    "[^1]",
    "[^1]: a",
    "[ ] a",
    "[x] a",
    "http://x.org",
    "https://x.org/a?b=c",
    "HTTP://X.ORG",
    "ftp://x.org",
    "//x.org",
    "//localhost",
    "http://localhost",
    "www.x.org",
    "WWW.x.org",
    "www.1.org",
    "x.org",
    "x.org/a",
    "例.台灣",
    "a@b.org",
    "a.b+c@d.e.org",
    "mailto:a@b.org",
    "xmpp:a@b.org",
    "javascript:alert(1)",
    "data:text/html,a",
    "<http://x.org>",
    "<a@b.org>",
    "*a*",
    "**a**",
    "***a***",
    "_a_",
    "__a__",
    "a*b*c",
    "a_b_c",
    "~~a~~",
    "~a~",
    "^a^",
    "$a$",
    "$$a$$",
    "==a==",
    "&amp;",
    "&lt;b&gt;",
    "&#35;",
    "&#x7c;",
    "&nbsp;",
    "\\",
    "\\\\",
    "\\n",
    "\\*",
    "{#a .b}",
    "{{ 7*7 }}",
    "{% raw %}",
    "{# a #}",
    "%a",
    "% a",
    ": a",
    "::: a",
    ":smile:",
    "a:+1:b",
    "@a",
    "#1",
    "!",
    "!a",
    "a!",
    "(1) a",
    "a. b",
    "iv. b",
    "(@) a",
    "#. a",
    "--",
    "...",
    "'a'",
    '"a"',
    "a  b",
    "\x1b[31ma",
    "\x07",
    "\x9b31m",
    "\u202ea",
    "\u2066a\u2069",
    "a\u2028b",
    "a\u2029b",
    "a\u0085b",
    "\u200ba",
    "a\ufeffb",
    "\U000e0041a",
    "中文|表格",
    "「引號」",
    "，",
    "**粗**體",
    "\U0001d56c",
    "e\u0301",
)
AROUND: Final = ("{}", "a {}", "{} a", "a\n{}\nb")
EVERY: Final = tuple(dict.fromkeys(form.format(core) for form in AROUND for core in CORES))
HAZARDS: Final = (*CORES[:: size(5, 1)], *EVERY[len(CORES) :: size(40, 1)])

GFM: Final = MarkdownIt("gfm-like")
FORBIDDEN: Final = {
    "html_block",
    "html_inline",
    "link_open",
    "image",
    "code_block",
    "code_inline",
    "fence",
    "hr",
    "em_open",
    "s_open",
    "hardbreak",
    "blockquote_open",
    "ordered_list_open",
    "footnote_ref",
}


@cache
def plain() -> tuple[str, ...]:
    """The skeleton of the report without hazards."""
    return skeleton(markdown(advised(), words(advised())))


@dataclass(frozen=True)
class Constant:
    """One text in place of every other."""

    text: str

    def __call__(self, _: str) -> str:
        return self.text


def tokens(report: str) -> Iterator[Token]:
    """Every token, those within a line too."""
    for token in parsed(report):
        yield token
        yield from token.children or ()


def skeleton(report: str) -> tuple[str, ...]:
    """The kinds of tokens in order; what a line says is left out."""
    return tuple(f"{one.type} {one.tag}" for one in tokens(report) if one.type != "text")


def texts(report: str) -> list[str]:
    """What a reader sees, line by line and cell by cell."""
    return [
        "".join(one.content for one in token.children or ())
        for token in parsed(report)
        if token.type == "inline"
    ]


@lru_cache(maxsize=2)
def parsed(report: str) -> list[Token]:
    """The report as a reader of GitHub's Markdown takes it."""
    return GFM.parse(report)


def as_seen(text: str) -> str:
    """How a text shows: one line, hidden characters visible."""
    return visible(re.sub(r"[ \t\r\n]+", " ", text)).strip(" ")


def test_the_hazards_are_many() -> None:
    assert len(HAZARDS) >= size(35, 550)


@pytest.mark.parametrize("number", first_traced(range(4), 1))
def test_texts_of_a_city_file_stay_text(number: int) -> None:
    for hazard in HAZARDS[number::4]:
        report = advised(city=Constant(hazard))
        assert_unharmed(markdown(report, words(report)), hazard)


def assert_unharmed(report: str, hazard: str) -> None:
    assert skeleton(report) == plain(), repr(hazard)
    seen = [one.replace(JOINER, "") for one in texts(report)]
    shown = as_seen(hazard)
    assert sum(shown in one for one in seen) >= 10, repr(hazard)
    assert f"Reason: {shown}".strip() in seen, repr(hazard)


@pytest.mark.parametrize("number", first_traced(range(4), 1))
def test_texts_of_models_stay_text(number: int) -> None:
    for hazard in HAZARDS[number :: size(12, 4)]:
        report = advised(models=Constant(hazard))
        assert skeleton(markdown(report, words(report))) == plain(), repr(hazard)


def test_only_what_the_template_lays_out_is_there() -> None:
    kinds = {one.split()[0] for one in plain()}
    assert kinds & FORBIDDEN == {"blockquote_open"}
    assert Counter(plain())["blockquote_open blockquote"] == 1  # the label of an illustration


def test_scores_stand_where_they_belong_whatever_the_texts() -> None:
    clean, hostile = advised(), advised(city=lambda text: f"|{text}|\n# {text}")
    rows = [
        [line for line in texts(markdown(report, words(report))) if re.fullmatch(r"\d+", line)]
        for report in (clean, hostile)
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) > 40


@given(st.text(max_size=40), st.text(alphabet="|\\`*_[]<>!#$~^&@:/.-+=0aw \n", max_size=20))
@settings(max_examples=size(40, 300))
def test_any_text_is_one_line_of_nothing_but_text(anything: str, marks: str) -> None:
    for text in (anything, marks, marks + anything):
        line = escaped(text)
        assert "\n" not in line
        alone = [one for one in tokens(line) if one.type not in ("inline", "text")]
        expected = ["paragraph_open", "paragraph_close"] if line else []
        assert [one.type for one in alone] == expected, text
        cell = GFM.render(f"| a |\n| --- |\n| {line} |\n")
        assert cell.count("<td>") == 1, text


def test_untouched_texts_are_what_they_were() -> None:
    assert as_written("a") == "a"
    assert escaped("Contract of 2016, clause 14.2 (b); 70 % of it") == (
        "Contract of 2016, clause 14.2 (b); 70 % of it"
    )
