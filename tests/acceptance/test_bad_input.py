"""What cannot be used is refused with its place, what to do, and a documented exit code."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from maturity.cli.app import main

ROOT: Final = Path(__file__).resolve().parents[2]
CITY: Final = str(ROOT / "examples" / "makassar.yaml")
RUBRIC: Final = str(ROOT / "rubrics" / "ppp-three-tier.yaml")
QUESTIONNAIRE: Final = str(ROOT / "questionnaires" / "ppp-three-tier.yaml")


class Ended(NamedTuple):
    """How a run of the program ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """The program in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["maturity", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ended(int(ended.value.code or 0), said.out, said.err)

    return ran


FILES: Final[dict[str, bytes]] = {
    "no-format.yaml": b"city: {name: A}\n",
    "list.yaml": b"- 1\n",
    "odd-format.yaml": b"format: maturity/citty@1\n",
    "number-format.yaml": b"format: 3\n",
    "other.yaml": b"format: maturity/cases@1\n",
    "latin.j2": b"\xe9t\xe9 {{ report }}\n",
    "maturity.toml": b'[tool.maturity]\nselect = "M1"\n',
}

REFUSED: Final[list[tuple[tuple[str, ...], int, str]]] = [
    (("assess", "nowhere.yaml"), 3, "nowhere.yaml:1:1: M001 error"),
    (("assess", "no-format.yaml"), 3, "the file does not say what it is"),
    (("assess", "list.yaml"), 3, "list.yaml:1:1"),
    (("assess", "odd-format.yaml"), 3, "did you mean `format: maturity/city@1`?"),
    (("assess", "number-format.yaml"), 3, "number-format.yaml:1:9"),
    (("assess", "other.yaml"), 3, "expected `format: maturity/city@1`"),
    (("report", CITY, "--template", "latin.j2"), 3, "latin.j2:1:1: M003 error"),
    (("report", CITY, "--template", "nowhere.j2"), 3, "nowhere.j2:1:1: M001 error"),
    (("test", "other.yaml"), 3, "other.yaml"),
    (("test", "."), 3, "case files are named <rubric>.cases.yaml"),
    (("diff", "nowhere.yaml", RUBRIC), 3, "nowhere.yaml:1:1: M001 error"),
    (("diff", "no-format.yaml", RUBRIC), 3, "the file does not say what it is"),
    (("diff", RUBRIC, QUESTIONNAIRE), 2, "maturity:"),
    (("diff", RUBRIC, RUBRIC, "--cities", "nowhere.yaml"), 3, "M001"),
    (("diff", "git:HEAD:nowhere.yaml", RUBRIC), 3, "git does not give it"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), REFUSED)
def test_what_cannot_be_used_is_refused(
    arguments: tuple[str, ...], code: int, said: str, run: Run, tmp_path: Path
) -> None:
    for name, content in FILES.items():
        if name != "maturity.toml":
            (tmp_path / name).write_bytes(content)
    ended = run(*arguments)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_a_setting_of_another_form_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "maturity.toml").write_bytes(FILES["maturity.toml"])
    ended = run("validate", RUBRIC)
    assert ended.code == 1
    assert "maturity.toml:2:1" in ended.out
    assert '"select" is no list of texts' in ended.out


def test_without_git_a_revision_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(subprocess, "run", missing)
    ended = run("diff", f"git:HEAD:{RUBRIC}", RUBRIC)
    assert (ended.code, ended.out) == (3, "")
    assert "check that git is installed" in ended.err


def test_a_city_or_case_that_one_version_refuses_is_named(run: Run, tmp_path: Path) -> None:
    """A new questionnaire with a narrower range than what a city and a case say."""
    text = Path(QUESTIONNAIRE).read_text(encoding="utf-8")
    head, years, rest = text.partition("  - id: term-years\n")
    rest = rest.replace("range: [0, 100]", "range: [0, 30]", 1)
    (tmp_path / "q.yaml").write_text(head + years + rest, encoding="utf-8")
    case = {"name": "c", "answers": {"term-years": 40}, "expect": {"check.G1": "open"}}
    file = {"format": "maturity/cases@1", "rubric": "ppp-three-tier", "cases": [case]}
    (tmp_path / "x.cases.yaml").write_text(json.dumps(file), encoding="utf-8")
    (tmp_path / "city.yaml").write_text(
        "format: maturity/city@1\nquestionnaire: ppp-three-tier\ncity: {name: A}\n"
        "assessed: 2026-11-01\nprojects:\n"
        "  - {id: p, name: P, domain: lighting, answers: {term-years: 40}}\n",
        encoding="utf-8",
    )
    against = ("--cities", "city.yaml", "--cases", "x.cases.yaml", "--rubric", RUBRIC)
    ended = run("diff", QUESTIONNAIRE, "q.yaml", *against)
    for name in ("city.yaml", "x.cases.yaml"):
        assert f"{name}: refused by the new version: {name}:" in ended.out
    assert "2 of 2 cities and cases come out otherwise" in ended.out
    ended = run("diff", QUESTIONNAIRE, "q.yaml", *against, "--lang", "zh-Hant")
    for name in ("city.yaml", "x.cases.yaml"):
        assert re.search(
            f"^{name}：新版不接受：{name}:[0-9:]+ M[0-9]+ error: .*[\u3400-\u9fff]",
            ended.out,
            re.MULTILINE,
        )


def test_a_value_that_comes_out_otherwise_is_shown_before_and_after(
    run: Run, tmp_path: Path
) -> None:
    text = Path(RUBRIC).read_text(encoding="utf-8")
    changed = text.replace("severity: warning", "severity: critical")
    (tmp_path / "new.yaml").write_text(changed, encoding="utf-8")
    ended = run("diff", RUBRIC, "new.yaml", "--cities", CITY)
    assert ".severity: warning -> critical (by flag." in ended.out
