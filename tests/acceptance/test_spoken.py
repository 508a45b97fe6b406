"""Every command speaks the language that is asked for, in its findings and messages, too."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.making.shipped import ROOT
from typer.testing import CliRunner, Result

from maturity.cli import app as command_line
from maturity.i18n.catalog import LANGUAGES, catalog
from maturity.i18n.rules import rule_texts

BROKEN = ROOT / "tests" / "broken"
MAKASSAR = str(ROOT / "examples" / "makassar.yaml")
MODELS = ROOT / "tests" / "models"
CASES = (
    str(MODELS / "averages.cases.yaml"),
    "--questionnaire",
    str(MODELS / "averages.questionnaire.yaml"),
)
CHINESE = re.compile(r"[\u3400-\u9fff]")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command_line.app, list(arguments))


def told(*arguments: str) -> str:
    """What a process of its own says on standard error."""
    command = [sys.executable, "-m", "maturity", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stderr


@pytest.mark.parametrize("path", sorted(BROKEN.glob("M[1-3]*.yaml"))[::9], ids=lambda p: p.stem)
def test_a_finding_is_told_by_its_chinese_title_and_what_to_do(path: Path) -> None:
    found = run("validate", str(path), "--lang", "zh-Hant").stdout
    for number in set(re.findall(r": (M\d{3}) ", found)):
        texts = rule_texts()[number]
        assert re.search(rf": {number} \w+: {re.escape(texts.title['zh-Hant'])} \[", found)
        assert found.count(texts.meaning["zh-Hant"].strip()) == 1
    assert Counter(re.findall(r": (M\d{3}) ", found)) == Counter(
        re.findall(r": (M\d{3}) ", run("validate", str(path)).stdout)
    )


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """A city file with a question misspelt, a reason missing and a domain nobody knows."""
    text = Path(MAKASSAR).read_text(encoding="utf-8")
    text = re.sub(r"domain: \w+", "domain: spelling", text)
    path = tmp_path / "city.yaml"
    wrong = "answers:\n      legal-frm: purchase\n      contract-term: not-applicable\n"
    path.write_text(text.replace("answers:\n", wrong, 1), encoding="utf-8")
    return str(path)


def test_a_guess_and_another_hint_are_told_in_chinese(faulty: str) -> None:
    found = run("validate", faulty, "--lang", "zh-Hant").stdout
    assert re.search('是否要寫 "[a-z-]+"？', found)
    assert "did you mean" not in found
    assert "提示（英文）：" in found
    assert "did you mean" in run("validate", faulty).stdout


def test_the_summary_of_a_check(faulty: str) -> None:
    done = run("validate", MAKASSAR, "--lang", "zh-Hant")
    assert done.stderr == "已檢查 1 個檔案：錯誤 0 項、警告 0 項、提示 0 項\n"
    done = run("validate", faulty, "--lang", "zh-Hant", "--ignore", "M114")
    assert re.search("、不列出者 [1-9] 項\n", done.stderr)
    assert re.search(", [1-9] suppressed\n", run("validate", faulty, "--ignore", "M114").stderr)


def test_the_environment_sets_the_language_of_a_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATURITY_LANG", "zh-Hant")
    assert "已檢查" in run("validate", MAKASSAR).stderr


def test_worked_cases_in_chinese(tmp_path: Path) -> None:
    done = run("test", *CASES, "--lang", "zh-Hant", "--coverage")
    assert re.search(r"沒有案例觸及：(選項|門檻|判定列|狀態|警示) \S", done.stdout)
    assert re.search(r"averages.yaml：\d+ 項中觸及 \d+ 項（\d+\.\d %）", done.stdout)
    assert re.fullmatch(r"1 個檔案共 \d+ 個案例：0 項預期不符\n", done.stderr)
    for name in ("averages.yaml", "averages.questionnaire.yaml", "averages.cases.yaml"):
        text = (MODELS / name).read_text(encoding="utf-8")
        wrong = text.replace("score.opening.least: 3\n", "score.opening.least: 4\n", 1)
        (tmp_path / name).write_text(wrong, encoding="utf-8")
    questionnaire = str(tmp_path / "averages.questionnaire.yaml")
    failing = (str(tmp_path / "averages.cases.yaml"), "--questionnaire", questionnaire)
    done = run("test", *failing, "--lang", "zh-Hant", "--mutants", "3")
    assert "score.opening.least：預期為 4.0，實得 3.0" in done.stdout
    assert re.search(r"3 項改動（全部 \d+ 項）中察覺 \d 項", done.stdout)
    assert re.search(r"沒有案例察覺：\S+：.*[\u3400-\u9fff]", done.stdout)
    assert "score.opening.least: expected 4.0, got 3.0" in run("test", *failing).stdout
    assert "預期為 4.0" in run("test", *failing, "--lang", "zh-Hant", "--format", "junit").stdout


@pytest.mark.parametrize("kind", ["questionnaire", "rubric", "city", "cases", "result"])
def test_a_schema_says_what_it_is_of(kind: str) -> None:
    english, chinese = (
        json.loads(run("schema", kind, "--lang", language).stdout) for language in LANGUAGES
    )
    assert CHINESE.search(chinese["description"])
    assert not CHINESE.search(english["description"])
    del english["description"], chinese["description"]
    assert english == chinese


def test_two_versions_are_compared_in_chinese(tmp_path: Path) -> None:
    old = MODELS / "averages.yaml"
    new = tmp_path / "averages.yaml"
    text = old.read_text(encoding="utf-8").replace("below: 1.5}", "below: 1.6}")
    new.write_text(text.replace("at_least: 1.5,", "at_least: 1.6,"), encoding="utf-8")
    done = run("diff", str(old), str(new), "--lang", "zh-Hant")
    assert re.search(r"（1\.0\.0 -> 1\.0\.0）：\d 項變更", done.stdout)
    assert re.search(r": 不相容變更：decisions\.\S+：由 1\.5 改為 1\.6\n", done.stdout)
    assert f"M601 error: {rule_texts()['M601'].title['zh-Hant']}" in done.stdout


def test_messages_and_gates_in_chinese(tmp_path: Path) -> None:
    made = tmp_path / "city.yaml"
    assert run("init", str(made), "--lang", "zh-Hant").stderr.startswith(f"{made}：已建立")
    closed = run("assess", str(made), "--fail-on", "undetermined", "--lang", "zh-Hant").stderr
    assert "未通過關卡 undetermined" in closed
    flagged = run("assess", MAKASSAR, "--fail-on", "warning", "--lang", "zh-Hant").stderr
    assert re.search(r"未通過關卡 warning：[a-z]", flagged)


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (
            ("explain", MAKASSAR, "operatin"),
            "no value 'operatin'; did you",
            "沒有 'operatin' 這項結果；是否",
        ),
        (("explain", MAKASSAR, "zzz"), "no value 'zzz'; there is: ", "沒有 'zzz' 這項結果；現有："),
        (
            ("explain", MAKASSAR, "zzz"),
            " more; `maturity explain FILE` lists them all",
            " 項；`maturity explain FILE` 可列出全部",
        ),
        (("rules", "M999"), "no diagnostic 'M999'; `mat", "沒有 'M999' 這個診斷代碼；`mat"),
        (("sql", "--table", "a."), "'a.' names no table; write", "'a.' 不是資料表名稱；請寫成"),
        (("validate",), "no PATH is given", "未指定 PATH"),
        (("assess", "nowhere.yaml"), "M001 error: the file cannot", "M001 error: 無法讀取檔案"),
    ],
)
def test_refusals_in_both_languages(
    arguments: tuple[str, ...],
    english: str,
    chinese: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert english in told(*arguments)
    assert chinese in told(*arguments, "--lang", "zh-Hant")


def test_both_catalogs_have_the_same_sentences_with_the_same_parameters() -> None:
    english, chinese = (
        {
            key: set(re.findall(r"(?<!\{)\{(\w+)", text))
            for key, text in catalog(language).sentences.items()
        }
        for language in LANGUAGES
    )
    assert english == chinese


def test_rows_that_are_not_scored_are_told_in_the_language_asked_for(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("project,city,domain,stage\np1,A,health,signd\n", encoding="utf-8")
    said = run("batch", str(table), "--lang", "zh-Hant").stderr
    assert f"table.csv:2:4: M107 error: {rule_texts()['M107'].title['zh-Hant']} [" in said
    assert '"signd" is not an option' in said
