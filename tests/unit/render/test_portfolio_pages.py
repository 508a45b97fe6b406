"""The portfolio in words: both languages, few and many projects, hostile names."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from tests.making.portfolios import many, scored, tallied
from tests.making.shipped import EXAMPLES, flagship
from tests.making.small import choice, small

from maturity.base.text import Text
from maturity.engines.tally import Tally
from maturity.i18n.catalog import catalog
from maturity.model.columns import Conflict
from maturity.model.flat import flat_order
from maturity.model.portfolio import Failed, Portfolio, Scored
from maturity.model.result import Model
from maturity.render.markdown.portfolio import portfolio_markdown
from maturity.render.terminal.cells import cells
from maturity.render.terminal.portfolio import portfolio_terminal
from maturity.render.words import Words

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
RUBRIC = Model("r", "1.0.0", "sha256:0")
LANGUAGES = ("en", "zh-Hant")


def page(portfolio: Portfolio, language: str = "en") -> str:
    return portfolio_markdown(portfolio, Words(catalog(language), flagship().bundle), RUBRIC)


def screen(portfolio: Portfolio, language: str = "en", width: int = 80) -> str:
    words = Words(catalog(language), flagship().bundle)
    return portfolio_terminal(portfolio, words, RUBRIC, width, color=False)


def examples() -> Portfolio:
    return tallied([one for name in EXAMPLES for one in scored(name)])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "tell"), [("md", page), ("txt", screen)])
def test_a_portfolio_is_told_as_it_was_read_and_approved(
    kind: str, tell: Callable[[Portfolio, str], str], language: str
) -> None:
    text = tell(examples(), language)
    file = GOLDEN / f"portfolio.{language}.{kind}"
    if os.environ.get("MATURITY_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_both_languages_have_the_same_parts() -> None:
    shapes = [
        [
            (re.sub(r"[^#|].*", "", line), line.count(" | "))
            for line in page(examples(), one).splitlines()
        ]
        for one in LANGUAGES
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_screen_is_never_wider_than_the_terminal(language: str, width: int) -> None:
    text = screen(tallied(many(80)), language, width)
    assert max(cells(line) for line in text.splitlines()) <= width


def test_a_page_of_many_projects_is_no_longer_than_of_some() -> None:
    conflict = Conflict(name=Text("One partner"), same="partner")
    some, lots = (tallied(many(count), conflict) for count in (300, 1_500))
    assert len(page(lots).splitlines()) <= len(page(some).splitlines()) + 5
    assert "1,450 more cities" in page(lots)
    assert re.search(r"And [0-9,]+ more", page(lots))


def of_domains(*domains: str) -> Portfolio:
    """Projects of which each has the next of the domains."""
    pairs = zip(many(len(domains)), domains, strict=True)
    return tallied([one._replace(domain=domain) for one, domain in pairs])


def test_of_many_domains_those_with_most_projects_stand_alone() -> None:
    domains = [f"d{number}" for number in range(60)]
    text = page(of_domains(*domains, "d58", "d59"))
    assert "| 10 more domains | 10 |" in text
    assert {"d58", "d59"} <= set(re.findall(r"(?<=\n\| )d[0-9]+", text))
    assert "more domain" not in page(of_domains(*domains[:51]))
    assert "其他 40 個服務領域" in screen(of_domains(*domains), "zh-Hant")


def test_domains_that_the_questionnaire_does_not_have_are_named() -> None:
    text = page(of_domains("health", "helth", "wter", "helth"))
    assert "no such domain: helth, wter (3 projects)" in text
    assert "and 2 more (7 projects)" in page(of_domains(*"abcdefg"))
    assert "no such domain" not in page(of_domains("health"))
    assert "問卷沒有這些服務領域：helth（1 個專案）" in page(of_domains("helth"), "zh-Hant")


def test_a_page_of_nothing_tells_its_errors() -> None:
    tally = Tally(flagship().bundle)
    tally.fail(Failed("t.csv", 2, 1, "M103", "missing-key", "no | city", None), ("t.csv", 2))
    text = page(tally.portfolio())
    assert "M103" in text
    assert r"no \| city" in text


def test_one_of_a_kind_is_told_as_one() -> None:
    tally = Tally(flagship().bundle)
    (one,) = scored("singapore-paynow.yaml")
    values = {**one.values, "coverage.answered": 1.0, "coverage.unknown": 1.0}
    tally.add(one._replace(values=values))
    tally.fail(Failed("t.csv", 2, 1, "M103", "missing-key", "no city", None), ("t.csv", 2))
    for text in (page(tally.portfolio()), screen(tally.portfolio(), width=200)):
        assert "1 project in 1 city, scored" in text
        assert "of 1 project. Missing" in text
        assert "Not scored: 1 file or row, with 1 fault; errors" in text
        assert "1 is answered" in text
        assert "1 is open." in text
    assert "1 more city" in page(tallied(many(51)))


def test_nothing_worst_is_told_as_such() -> None:
    portfolio = tallied(scored("singapore-paynow.yaml"))
    assert "no critical flag is raised" in page(portfolio)
    assert "Exposed by their verdict: 0 surely" in page(portfolio)


def test_a_rubric_without_verdict_and_scores_is_told() -> None:
    bundle = small([choice("owner")]).bundle
    values = dict.fromkeys(flat_order(bundle), 1.0)
    tally = Tally(bundle)
    tally.add(Scored(Text("Chiayi"), "tram", Text("tram"), "any", 1.0, {}, values))
    words = Words(catalog("en"), bundle)
    text = portfolio_markdown(tally.portfolio(), words, RUBRIC)
    assert "1 project in 1 city" in text
    assert "Exposed by" not in text
    assert "## Verdicts" not in text
    assert "## Theme scores" not in text
    assert portfolio_terminal(tally.portfolio(), words, RUBRIC, 80, color=True)


def test_a_decision_of_its_own_stands_in_declared_order() -> None:
    rows = [{"id": one, "name": one, "when": True} for one in ("z", "a")]
    bundle = small(
        [choice("owner")], decisions={"d": {"name": "D", "rows": rows}}, summary={"spread": ["d"]}
    ).bundle
    values = dict.fromkeys(flat_order(bundle)) | {"decision.d.confirmed": "a"}
    tally = Tally(bundle)
    tally.add(Scored(Text("Chiayi"), "tram", Text("tram"), "any", 1.0, {}, values))
    assert list(tally.portfolio().whole.spreads[0].settled.items()) == [("z", 0.0), ("a", 1.0)]


def test_weights_are_told_where_they_are_not_one() -> None:
    (one,) = scored("makassar.yaml")
    assert "add up the weights" in page(tallied([one._replace(weight=1234.5)]))
    assert "1,234.5" in page(tallied([one._replace(weight=1234.5)]))
    assert "add up the weights" not in page(tallied([one]))


def test_names_are_never_markup() -> None:
    hostile = "a|b\n# c <script> ![x](http://y) `z` \u202e"
    clean, dirty = (
        tallied([one._replace(city=Text(name), name=Text(name)) for one in scored("makassar.yaml")])
        for name in ("plain", hostile)
    )
    shapes = [
        [(token.type, token.tag) for token in MarkdownIt("gfm-like").parse(page(one))]
        for one in (clean, dirty)
    ]
    assert shapes[0] == shapes[1]
    assert "\u202e" not in page(dirty) + screen(dirty)


def test_no_english_word_of_ours_is_in_the_chinese_page() -> None:
    said = catalog("zh-Hant").sentences
    ours = {key: text for key, text in said.items() if key.startswith(("portfolio.", "batch."))}
    bare = {key: re.sub(r"\{[a-z]+\}|errors\.csv", "", text) for key, text in ours.items()}
    assert not {key: text for key, text in bare.items() if re.search("[A-Za-z]", text)}
