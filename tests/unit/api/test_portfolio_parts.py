"""Parts of a run: inputs, models, processes, progress, what is taken over."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from pyarrow import parquet, table
from tests.making.rows import DAY, results, run, write_csv
from tests.making.shipped import ROOT

from maturity.api.models import Models
from maturity.api.portfolio import workers
from maturity.api.portfolio.context import rubric_named
from maturity.api.portfolio.request import Progress, Request
from maturity.api.portfolio.running import context_of
from maturity.api.portfolio.suggesting import suggested_columns
from maturity.api.portfolio.units import units_of
from maturity.base.errors import RefusedError, UsageError
from maturity.base.naming import project_key, report_name
from maturity.cli import progress
from maturity.cli.progress import Bar, line
from maturity.loading import shipped
from maturity.loading.folders import files_of

GOOD = {"city": "Chiayi", "project": "tram", "domain": "transport", "stage": "service"}
REQUEST = Request(paths=(), assessed=DAY, rubric="ppp-three-tier")
READ_ONCE = Models()


@pytest.fixture(autouse=True)
def models_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs of one process share what they have read of models, which is most of their time."""
    monkeypatch.setattr("maturity.api.portfolio.context.Models", lambda: READ_ONCE)
    monkeypatch.setattr("maturity.api.portfolio.running.Models", lambda: READ_ONCE)


def touched(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_gives_its_city_files_and_tables(tmp_path: Path) -> None:
    wanted = [touched(tmp_path / name) for name in ("a.CSV", "b/c.yaml", "b/d.yml", "e.parquet")]
    for name in (".x.csv", ".hidden/y.yaml", "notes.txt", "z.json"):
        touched(tmp_path / name)
    touched(tmp_path / "rubric.yaml", "# a rubric\nformat: maturity/rubric@1\n")
    touched(tmp_path / "map.yaml", 'format: "maturity/columns@1"\n')
    touched(tmp_path / "city.yaml", "format: maturity/city@1\n")
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "b" / "again").symlink_to(tmp_path)
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    for name in ("out/manifest.json", "out/errors.csv", "out/results.csv"):
        touched(tmp_path / name)
    assert set(map(Path, files_of([str(tmp_path)]))) == {
        *wanted,
        tmp_path / "city.yaml",
        tmp_path / "gone.yaml",
    }


def test_each_file_comes_once_in_the_order_of_the_paths(tmp_path: Path) -> None:
    one, other = touched(tmp_path / "b.csv"), touched(tmp_path / "a.csv")
    found = files_of([str(one), str(tmp_path), str(tmp_path / "*.csv")])
    assert list(found) == [str(one), str(other)]
    assert list(files_of([str(tmp_path / "no*.csv")])) == [str(tmp_path / "no*.csv")]


def test_a_file_that_cannot_be_read_says_nothing_of_its_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = touched(tmp_path / "a.yaml", "format: maturity/rubric@1\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.open", refuse)
    assert list(files_of([str(tmp_path)])) == [str(file)]


def test_a_table_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    names = {name: [text + str(n) for n in range(5_000)] for name, text in GOOD.items()}
    parquet.write_table(table(names), path)
    raw = bytearray(path.read_bytes())
    raw[4:2_000] = b"\xff" * 1_996
    path.write_bytes(bytes(raw))
    (tmp_path / "into").mkdir()
    units = list(units_of([str(path)], context_of(REQUEST, tmp_path / "into"), None))
    (fault,) = units[-1].work  # type: ignore[misc]
    assert "M020" in fault.line()


def test_the_rubric_is_the_one_named_or_follows_the_questionnaire(tmp_path: Path) -> None:
    def named(*given: str | None, files: tuple[Path, ...] = ()) -> str:
        rubric, questionnaire = given
        return rubric_named(rubric, questionnaire, map(str, files), Models())

    usual = str(shipped.path_of("rubrics", shipped.usual()))
    other = next(one for one in shipped.ids("rubrics") if one != shipped.usual())
    assert named("mine.yaml", None) == "mine.yaml"
    assert named(None, None) == usual
    assert named(None, str(ROOT / f"questionnaires/{shipped.usual()}.yaml")) == usual
    text = (ROOT / "examples" / "makassar.yaml").read_text("utf-8")
    told = text.replace("questionnaire: ppp-three-tier", f"questionnaire: {other}")
    files = (
        touched(tmp_path / "t.csv"),
        touched(tmp_path / "broken.yaml"),
        tmp_path / "none.yaml",
        touched(tmp_path / "m.yaml", told),
    )
    assert named(None, None, files=files) == str(shipped.path_of("rubrics", other))


UNKNOWN = ROOT / "examples" / "network-unknown" / "bangkok.yaml"


def test_a_questionnaire_that_is_named_chooses_files_and_overrides_none(tmp_path: Path) -> None:
    other = next(one for one in shipped.ids("rubrics") if one != shipped.usual())
    files = [ROOT / "examples" / "makassar.yaml", UNKNOWN]
    for named, count in ((shipped.usual(), 1), (other, 1)):
        done = run(tmp_path / named, *files, rubric=None, questionnaire=named)
        assert (done.portfolio.totals.projects, done.portfolio.failed) == (count, 1)


def test_processes_score_what_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions that other processes run, here."""
    watched: list[int] = []
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(workers, "_watch", watched.append)
    context = context_of(REQUEST, tmp_path)
    path = write_csv(tmp_path / "t.csv", [GOOD])
    units = list(units_of([str(path)], context, None))
    workers.begin(context, os.getpid())
    assert workers.done_here(workers.scored, units) == workers.scored(units, context)


def test_a_process_ends_when_its_parent_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    parents = iter([7, 7, 1])
    fake = SimpleNamespace(getppid=lambda: next(parents), _exit=ended.append)
    monkeypatch.setattr(workers, "os", fake)
    monkeypatch.setattr(workers, "_LOOK", 0.0)
    workers.__dict__["_watch"](7)
    assert ended == [1]


def test_reports_are_copied_where_links_are_not_to_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    path = write_csv(tmp_path / "t.csv", [GOOD, {**GOOD, "project": "bus"}])
    run(tmp_path / "one", path, reports=True)
    before = [tmp_path / "none", tmp_path / "one"]
    assert run(tmp_path / "two", path, reports=True, before=before).reused == 2
    monkeypatch.setattr("os.link", refuse)
    assert run(tmp_path / "three", path, reports=True, before=before).reused == 2
    pages = [
        {one.name: one.read_bytes() for one in (tmp_path / name / "reports").iterdir()}
        for name in ("one", "two", "three")
    ]
    assert pages[0] == pages[1] == pages[2]
    assert len(pages[0]) == 2


def test_one_row_twice_shares_its_outcome_and_is_an_error_twice(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", [GOOD, GOOD, {**GOOD, "project": "bus"}])
    run(tmp_path / "one", path)
    done = run(tmp_path / "two", path, before=[tmp_path / "one"])
    assert (done.reused, done.portfolio.failed) == (3, 2)
    again = run(tmp_path / "three", write_csv(path, [GOOD]), reports=True)
    last = run(
        tmp_path / "four", write_csv(path, [GOOD, GOOD]), reports=True, before=[tmp_path / "three"]
    )
    assert (again.portfolio.failed, last.portfolio.failed, last.reused) == (0, 2, 2)
    assert list((tmp_path / "four" / "reports").iterdir()) == []


def test_keys_and_file_names_tell_projects_apart() -> None:
    assert project_key("A", "caf\u00e9") == project_key("a ", "CAFE\u0301")
    assert project_key("a", "b c") != project_key("a b", "c")
    assert report_name("A", "caf\u00e9") != report_name("A", "cafe\u0301")
    assert report_name("嘉義", "電車").startswith(tuple("0123456789abcdef"))


@pytest.mark.parametrize(
    ("done", "language", "told"),
    [
        (500, "en", "1,000 projects, 100 a second, 50 % read, about 10 s left"),
        (50, "en", "1,000 projects, 100 a second, 5 % read, about 3 min left"),
        (0, "zh-Hant", "已評分 1,000 件，每秒 100 件，已讀取 0%，約剩 0 秒"),
    ],
)
def test_progress_tells_rate_and_time_left(done: int, language: str, told: str) -> None:
    assert line(Progress(1_000, done, 1_000), 10.0, language) == told
    assert "0 % read" in line(Progress(0, 0, 0), 10.0, "en")


def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_PAUSE", 0.0)
    with Bar("en", quiet=False) as bar:
        bar.tell(Progress(1, 1, 2))
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with Bar("en", quiet=False) as bar:
        bar.tell(Progress(1, 1, 2))
    told = capsys.readouterr().err
    assert "1 project," in told
    assert told.endswith("\r\x1b[K")
    with Bar("en", quiet=True) as bar:
        bar.tell(Progress(1, 1, 2))
    assert capsys.readouterr().err == ""


def test_a_map_is_suggested_from_names_labels_and_questions(tmp_path: Path) -> None:
    text = '{"City": "Chiayi", "stage": "In service", "stage": "?!", "note": "x", "": "y"}\n'
    path = touched(tmp_path / "t.jsonl", text + '{"project": "tram", "data_owner": "public"}\n')
    found = suggested_columns(path, None, None, None)
    said = yaml.safe_load(found)
    assert said["columns"]["City"] == "city"
    assert said["columns"]["data_owner"] == "data-owner"
    assert set(said["values"]["stage"]) == {"In service"}
    assert '# "?!": unknown' in found
    assert '# "note": carried as it is' in found


def test_no_map_is_suggested_for_what_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        suggested_columns(touched(tmp_path / "t.txt"), None, None, None)
    with pytest.raises(RefusedError):
        suggested_columns(touched(tmp_path / "t.csv"), None, None, None)


def test_a_file_that_rests_on_others_is_scored_anew(tmp_path: Path) -> None:
    registry = next(iter(shipped.files("registries")))
    text = (ROOT / "registries").glob(f"{registry}*")
    entry = next(iter(yaml.safe_load(next(text).read_text("utf-8"))["entries"]))
    city = f"""\
format: maturity/city@1
questionnaires: [{", ".join(shipped.ids("questionnaires"))}]
city: {{ref: {registry}/{entry}}}
assessed: 2026-11-01
projects:
  - {{id: tram, name: Tram, domain: transport, answers: {{ppp-three-tier/stage: service}}}}
"""
    path = touched(tmp_path / "city.yaml", city)
    first = run(tmp_path / "one", path, reports=True)
    assert first.portfolio.totals.projects == 1
    assert run(tmp_path / "two", path, reports=True, before=[tmp_path / "one"]).reused == 0
    assert results(tmp_path / "one")[0]["country"]
    other = run(tmp_path / "three", path, rubric="ascn-framework")
    assert other.portfolio.totals.projects == 1


def test_a_file_of_several_other_questionnaires_is_an_error(tmp_path: Path) -> None:
    city = """\
format: maturity/city@1
questionnaires: [mine, yours]
city: {name: Somewhere}
assessed: 2026-11-01
projects: [{id: tram, name: Tram, domain: transport}]
"""
    done = run(tmp_path / "out", touched(tmp_path / "city.yaml", city))
    assert [one.code for one in done.portfolio.faults] == ["M301"]


def test_a_report_that_is_gone_is_written_anew(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", [GOOD])
    run(tmp_path / "one", path, reports=True)
    (report,) = (tmp_path / "one" / "reports").iterdir()
    report.unlink()
    assert run(tmp_path / "two", path, reports=True, before=[tmp_path / "one"]).reused == 0
    assert (tmp_path / "two" / "reports" / report.name).is_file()
