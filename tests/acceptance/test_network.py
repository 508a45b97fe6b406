"""Cities of a network: both models on one file, reports to the network, cities of unknowns."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from tests.making.shipped import ROOT, example
from typer.testing import CliRunner

from maturity.cli import app as command_line
from maturity.render.terminal.cells import cells

pytestmark = pytest.mark.untraced  # what these reach is counted elsewhere

EXAMPLES: Final = ROOT / "examples"
UNKNOWN: Final = sorted((EXAMPLES / "network-unknown").glob("*.yaml"))
BOTH: Final = ("davao", "johor", "network/makassar", "phuket", "singapore-paynow")
LANGUAGES: Final = ("en", "zh-Hant")
ENGLISH: Final = re.compile(r"[A-Za-z][A-Za-z'’]{3,}")
NAMES: Final = re.compile("AIIB|SAJ Ranhill|PayNow|Dottoro'ta|World Urbanization Prospects")
"""What stands in Latin letters in Chinese as well."""

CHINESE: Final = re.compile(r"[\u3400-\u9fff]")


@cache
def run(*arguments: str) -> str:
    done = CliRunner().invoke(command_line.app, list(arguments))
    assert done.exit_code == 0, done.stdout + done.stderr + repr(done.exception)
    return done.stdout


def path(name: str) -> str:
    return str(EXAMPLES / f"{name}.yaml")


def results(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("assess", path(name), "--format", "json"))
    return found


@pytest.mark.parametrize("name", BOTH)
def test_the_cities_of_the_paper_answer_both_models(name: str) -> None:
    flagship, network = results(name)
    assert flagship["rubric"]["id"] == "ppp-three-tier"
    assert network["rubric"]["id"] == "ascn-framework"
    assert network["context"]["ref"].startswith("ascn-cities/")
    for one in (flagship, network):
        assert all(project["coverage"]["answered"] for project in one["projects"])


def test_one_city_with_one_model_and_with_both_is_the_same_in_the_first() -> None:
    alone, both = example("makassar.yaml"), example("network/makassar.yaml")
    asked = both.projects[0].answers
    assert {name: asked[name] for name in alone.projects[0].answers} == alone.projects[0].answers
    assert asked.keys() == alone.projects[0].answers.keys()
    one, other = (
        json.loads(run("assess", path("makassar"), "--format", "json")),
        results("network/makassar"),
    )
    [mine], [theirs] = one["projects"], other[0]["projects"]
    assert {**mine, "id": ""} == {**theirs, "id": ""}


def test_the_terminal_tells_both_models_and_the_context_in_either_language() -> None:
    for language, model, context in (
        ("en", "■■ ASEAN smart-city framework", "Thailand: group of the country: Catching up ("),
        ("zh-Hant", "■■ 東協智慧城市架構", "泰國：所屬國家組別：追趕中（2018–2019 年；"),
    ):
        told = run("assess", path("phuket"), "--lang", language)
        assert model in told
        assert context in told
        assert told.count("■■") == 2


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_progress_report_speaks_one_language(name: str, language: str) -> None:
    told = run("report", path(name), "--template", "ascn-progress", "--lang", language)
    body = told.partition("## 資料來源" if language == "zh-Hant" else "## Sources")[0]
    if language == "en":
        assert not CHINESE.search(body)
    else:
        assert ENGLISH.findall(NAMES.sub("", body.replace("\\", ""))) == []
        assert re.findall(r"[，。；：、！？]{2}|[，。；：、] ", body) == []
    assert "\n\n\n" not in body
    assert not re.search(r"\| *\|", body)  # no cell is empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_progress_report_tells_of_each_project_what_both_models_say(language: str) -> None:
    said = run("report", path("phuket"), "--template", "ascn-progress", "--lang", language)
    told = said.replace("\\", "")
    wanted = {
        "en": (
            "# Progress report to the ASEAN Smart Cities Network: Phuket (Thailand)",
            "| Civic and social; or Safety and security | Phuket city data platform | open: ",
            "| T1 Plain contract, possibly up to T2 PPP value-added services | open: Ended; ",
            "| open: Closed; At another outcome's cost; Ahead of its preparation |",
            "| Civic and social | Tourism | ",
            "| An approved budget | Not known yet |",
            "| Civic and social | other parts (4) | Not known yet |",
            "| Safety and security | all parts (3) | Not known yet |",
            "| Readiness of the action plan | A1 Drafted | up to A5 Steered |",
            "Catching up (2018–2019; ",
            "- **warning**: In use on the money of one year",
            "**surely National or provincial budget",
        ),
        "zh-Hant": (
            "# 東協智慧城市網絡年度進度報告：普吉（泰國）",
            "| 公民與社會；或安全與保安 | 普吉城市資料平台 | 未定：",
            "| T1 傳統契約，最高可能為 T2 公私協力附加服務 | 未定：已終止；",
            "| 公民與社會 | 觀光 | ",
            "| 已核定預算 | 尚未釐清 |",
            "| 公民與社會 | 其餘 4 項 | 尚未釐清 |",
            "| 安全與保安 | 全部 3 項 | 尚未釐清 |",
            "| 行動計畫完備度 | A1 已擬草案 | 最高可能為 A5 依成果調整 |",
            "追趕中（2018–2019 年；",
            "- **警告**：已使用，經費卻僅有一年",
            "**確定有：中央或省級預算",
        ),
    }[language]
    for one in wanted:
        assert one in told
    heads = [line for line in told.splitlines() if line.startswith("## ")]
    assert len(heads) == 8


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("en", ("Of the answers", "Of the criteria", "Of the facts about the city")),
        ("zh-Hant", ("作答依據", "評估準則依據", "城市與國家背景資料")),
    ],
)
def test_a_progress_report_names_every_source_once_for_what_it_is(
    language: str, heads: tuple[str, ...]
) -> None:
    told = run("report", path("phuket"), "--template", "ascn-progress", "--lang", language)
    sources = told[told.index(heads[0]) :]
    assert [sources.count(head) for head in heads] == [1, 1, 1]
    assert "World Urbanization Prospects" in sources
    assert "CC BY 3.0 IGO" in sources
    lines = [line for line in sources.splitlines() if line.startswith("- ")]
    assert len(lines) == len(set(lines))


def test_projects_of_a_progress_report_stand_by_focus_area_and_the_furthest_first(
    tmp_path: Path,
) -> None:
    given = {
        "unsaid": "{stage: service}",
        "late": "{focus-area: safety-and-security, stage: idea}",
        "early": "{focus-area: safety-and-security, stage: service}",
        "first": "{focus-area: civic-and-social, stage: mou}",
    }
    projects = "".join(
        f"  - {{id: {name}, name: {name}, domain: safety, answers: {answers}}}\n"
        for name, answers in given.items()
    )
    file = tmp_path / "city.yaml"
    head = "format: maturity/city@1\nquestionnaire: ascn-framework\nassessed: 2026-11-01\n"
    file.write_text(
        f"{head}city: {{ref: ascn-cities/singapore}}\nprojects:\n{projects}", encoding="utf-8"
    )
    told = run("report", str(file), "--template", "ascn-progress")
    table = told.partition("## Projects")[2].partition("## Funding")[0]
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")][2:]
    assert [row[1] for row in rows] == ["first", "early", "late", "unsaid"]
    assert rows[-1][0] == "| Not known yet"
    assert all(row[3].startswith("not asked") for row in rows)
    assert "Network: Singapore\n" in told  # a city that is its country is named once


def test_a_progress_report_of_a_city_that_does_not_answer_the_framework_says_so() -> None:
    told = run("report", path("linknyc"), "--template", "ascn-progress")
    assert "does not answer the network" in told
    assert "## " not in told


def test_there_is_a_file_for_every_city_of_the_registry_and_no_answer_in_it() -> None:
    registry = yaml.safe_load((ROOT / "registries/ascn-cities.yaml").read_text("utf-8"))
    assert [one.stem for one in UNKNOWN] == sorted(registry["entries"])
    assert len(UNKNOWN) == 26
    for one in UNKNOWN:
        city = yaml.safe_load(one.read_text("utf-8"))
        assert city["city"] == {"ref": f"ascn-cities/{one.stem}"}
        assert city["illustration"] is True
        assert "answers" not in city
        assert [project["answers"] for project in city["projects"]] == [{}]


@pytest.mark.parametrize(
    ("language", "cities", "says", "unsettled"),
    [
        ("en", 26, "Nothing is known yet", "not known yet"),
        ("zh-Hant", 3, "目前一無所知", "尚未釐清"),
    ],
)
def test_a_portfolio_of_unknowns_says_that_nothing_is_known(
    language: str, cities: int, says: str, unsettled: str
) -> None:
    files = map(str, UNKNOWN[:cities])
    told = run("report", *files, "--template", "ascn-portfolio", "--lang", language)
    rows = [line for line in told.splitlines() if " | 2026-11-01 | " in line.replace("\\", "")]
    assert len(rows) == cities
    assert all(row.endswith(f"| {unsettled} | {unsettled} |") for row in rows)
    assert says in told
    assert not (CHINESE if language == "en" else ENGLISH).search(NAMES.sub("", told))


@pytest.mark.parametrize(
    ("language", "dash", "wider"),
    [
        ("en", "does not mean zero", "- **Manila**: A metropolitan area wider"),
        ("zh-Hant", "並非為零", "- **馬尼拉**：都會區範圍大於"),
    ],
)
def test_a_portfolio_tells_where_its_facts_come_from_and_what_a_gap_means(
    language: str, dash: str, wider: str
) -> None:
    files = [str(one) for one in UNKNOWN if one.stem in ("vientiane", "manila", "battambang")]
    told = run("report", *files, "--template", "ascn-portfolio", "--lang", language)
    assert "CC BY 3.0 IGO" in told
    assert dash in told
    assert wider in told.replace("\\", "")
    assert "2018–2019" in told


def test_nothing_is_confirmed_of_a_city_of_which_nothing_is_known() -> None:
    files = [str(one) for one in UNKNOWN[:2]]
    for one in json.loads(run("assess", *files, "--format", "json")):
        [project] = one["projects"]
        assert project["coverage"]["answered"] == project["coverage"]["partly"] == 0
        assert all(ladder["confirmed"] is None for ladder in project["ladders"].values())
        assert all(flag["status"] != "raised" for flag in project["flags"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_portfolio_puts_known_and_unknown_cities_beside_each_other(language: str) -> None:
    files = (path("phuket"), path("linknyc"), str(UNKNOWN[-1]))
    told = run("report", *files, "--template", "ascn-portfolio", "--lang", language)
    projects = told.partition("## Projects" if language == "en" else "## 專案")[2]
    assert projects.count("| Phuket |" if language == "en" else "| 普吉 |") == 2
    assert "Nothing is known" not in told
    assert "一無所知" not in told
    assert not (CHINESE if language == "en" else re.compile("not known")).search(told)


def test_a_template_of_one_city_takes_several_one_after_the_other(tmp_path: Path) -> None:
    own = tmp_path / "own.md.j2"
    own.write_text("{{ report.city }}{{ report.also | length }}\n", encoding="utf-8")
    files = (path("phuket"), path("linknyc"))
    assert run("report", *files, "--template", str(own)) == "Phuket1\n\nNew York City0\n"
    own.write_text("{{ reports | length }} {{ reports[1].city }}\n", encoding="utf-8")
    assert run("report", *files, "--template", f"{tmp_path}/./own.md.j2") == "2 New York City\n"


def test_a_broken_template_is_told_for_several_cities_too(tmp_path: Path) -> None:
    own = tmp_path / "own.md.j2"
    own.write_text("{% for %}\n", encoding="utf-8")
    files = [path("phuket"), path("linknyc")]
    done = CliRunner().invoke(command_line.app, ["report", *files, "--template", str(own)])
    assert "the template cannot be used" in repr(done.exception)


def test_a_new_file_in_chinese_breaks_its_lines_as_chinese_does(tmp_path: Path) -> None:
    file = tmp_path / "city.yaml"
    run("init", str(file), "--questionnaire", "ascn-framework", "--lang", "zh-Hant")
    told = [line for line in file.read_text("utf-8").splitlines() if line.lstrip().startswith("#")]
    assert max(map(cells, told)) <= 100
    assert not [line for line in told if re.match(r" *# *[，。；：、！？」）]", line)]
