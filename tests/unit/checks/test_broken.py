"""Every broken file gives its code, at its place, and nothing else; every code has one."""

import re
import shutil
from pathlib import Path

import pytest
from pydantic import BaseModel

from maturity.api.checking import Proving, validate
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.checks.bundle import check_bundle
from maturity.checks.cases import check_cases
from maturity.checks.city import check_city
from maturity.checks.fit import version_within
from maturity.checks.questionnaire import check_questionnaire
from maturity.checks.registry import check_registry
from maturity.loading.models import Loaded, Source, fetch, load, load_any
from maturity.loading.settings import settings_near
from maturity.model.bundle import Bundle
from maturity.model.cases import Cases
from maturity.model.city import City
from maturity.model.questionnaire import Questionnaire
from maturity.model.registry import Registry
from maturity.model.rubric import Rubric

BROKEN = Path(__file__).parents[2] / "broken"
FILES = sorted(BROKEN.glob("M*.yaml"))
SETTINGS = sorted(BROKEN.glob("M*.toml"))
EXPECTED = re.compile(rb"# expect: (M\d{3}) (\d+):(\d+)\n")
OF_FILES = [code for code in Code if code.number < "M5" or code.number[:2] in {"M7", "M8"}]
"""The codes of models, city files, cases and settings; others tell of templates and outputs."""

BY_API = (
    Code.UNKNOWN_MODEL.number,
    Code.UNKNOWN_CITY.number,
    Code.UNKNOWN_REFERENCE.number,
    Code.DIFFERS_FROM_REGISTRY.number,
    Code.AMBIGUOUS_QUESTION.number,
    Code.CONTRADICTION.number,
    Code.UNKNOWN_SHARED_QUESTION.number,
    Code.NOT_THE_SAME.number,
)
"""Codes that are told of what a file refers to, so that the whole check has to run."""

SECONDS = re.compile(r"# prove-seconds: (\S+)\n")
REFUTED = [path for path in FILES if path.stem.startswith("M8")]
AT_ONCE = [path for path in FILES if path not in REFUTED]

SEVERAL = b"\nquestionnaires: ["
"""What a city file says that answers several questionnaires: they are near the file."""

NOT_AS_FILE = {
    Code.UNREADABLE: "no file at all",
    Code.TOO_LARGE: "a file of more than one MiB",
    Code.TOO_MANY_NODES: "a file of more than 100,000 values",
    Code.UNREADABLE_TABLE: "a table, not YAML",
    Code.RAGGED_ROW: "a row of a table",
    Code.TWO_ANSWERS: "a row of a table",
    Code.UNUSED_HEADER: "a column map beside tables",
}
"""Codes whose broken files are better made than kept; the tests of the reader make them."""


def base(name: str, model: type[BaseModel]) -> Loaded[BaseModel]:
    source = fetch(BROKEN / "base" / f"{name}.yaml")
    assert isinstance(source, Source)
    loaded = load(source, model)
    assert isinstance(loaded, Loaded)
    return loaded


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    questionnaire = base("questionnaire", Questionnaire).model
    rubric = base("rubric", Rubric).model
    assert isinstance(questionnaire, Questionnaire)
    assert isinstance(rubric, Rubric)
    return Bundle(questionnaire, rubric)


def diagnose(path: Path, bundle: Bundle) -> list[Diagnostic]:
    """Every diagnostic of a file that stands beside the base models."""
    source = fetch(path)
    assert isinstance(source, Source)
    loaded = load_any(source)
    if not isinstance(loaded, Loaded):
        return loaded
    return [*loaded.document.warnings, *check(loaded, bundle)]


def check(loaded: Loaded[BaseModel], bundle: Bundle) -> list[Diagnostic]:
    places = loaded.document.places
    match loaded.model:
        case Questionnaire() as questionnaire:
            return check_questionnaire(questionnaire, places)
        case Rubric() as rubric:
            return check_bundle(rubric, places, bundle.questionnaire)
        case City() as city:
            return check_city(city, places, bundle.questionnaire)
        case Registry() as registry:
            return check_registry(registry, places)
        case Cases() as cases:
            return check_cases(cases, places, bundle)
    raise TypeError(loaded.model)


@pytest.mark.parametrize("path", AT_ONCE, ids=lambda path: path.stem)
def test_a_broken_file_gives_its_code_at_its_place(path: Path, bundle: Bundle) -> None:
    head = EXPECTED.match(path.read_bytes())
    assert head, "the first line says what to expect: # expect: M104 5:7"
    code, line, column = head[1].decode(), int(head[2]), int(head[3])
    is_of_api = code in BY_API or code.startswith("M7") or SEVERAL in path.read_bytes()
    found = list(validate([path]).findings) if is_of_api else diagnose(path, bundle)
    told = [(one.code.number, one.place.line, one.place.column) for one in found]
    assert told == [(code, line, column)], "\n".join(one.line() for one in found)
    assert path.stem.startswith(f"{code}-{found[0].code.word}")


def proved(path: Path, folder: Path) -> list[Diagnostic]:
    """Every finding of a rubric with proofs, its questionnaire beside it."""
    shutil.copy(BROKEN / "base" / "questionnaire.yaml", folder / "base.yaml")
    copy = shutil.copy(path, folder)
    budget = SECONDS.search(path.read_text(encoding="utf-8"))
    proving = Proving(float(budget[1]) if budget else 60.0, lambda: 0.0)
    return list(validate([Path(copy)], proving=proving).findings)


@pytest.mark.parametrize("path", REFUTED, ids=lambda path: path.stem)
def test_a_file_that_is_refuted_gives_its_code_at_its_place(path: Path, tmp_path: Path) -> None:
    head = EXPECTED.match(path.read_bytes())
    assert head
    found = proved(path, tmp_path)
    told = [(one.code.number, one.place.line, one.place.column) for one in found]
    assert told == [(head[1].decode(), int(head[2]), int(head[3]))]
    assert path.stem.startswith(f"{found[0].code.number}-{found[0].code.word}")
    assert found[0].hint
    assert not found[0].message.endswith(".")


@pytest.mark.parametrize("path", REFUTED, ids=lambda path: path.stem)
def test_what_is_refuted_passes_where_no_proof_is_asked_for(path: Path, tmp_path: Path) -> None:
    shutil.copy(BROKEN / "base" / "questionnaire.yaml", tmp_path / "base.yaml")
    assert validate([Path(shutil.copy(path, tmp_path))]).findings == ()


@pytest.mark.parametrize("path", SETTINGS, ids=lambda path: path.stem)
def test_broken_settings_give_their_code_at_its_place(path: Path, tmp_path: Path) -> None:
    head = EXPECTED.match(path.read_bytes())
    assert head
    (tmp_path / "maturity.toml").write_bytes(path.read_bytes())
    _, found = settings_near(tmp_path)
    told = [(one.code.number, one.place.line, one.place.column) for one in found]
    assert told == [(head[1].decode(), int(head[2]), int(head[3]))]
    assert path.stem.startswith(f"{found[0].code.number}-{found[0].code.word}")
    assert all(one.hint for one in found)


@pytest.mark.parametrize("path", AT_ONCE, ids=lambda path: path.stem)
def test_each_message_is_one_sentence_and_each_hint_says_what_to_do(
    path: Path, bundle: Bundle
) -> None:
    for one in diagnose(path, bundle):
        assert one.message
        assert not one.message.endswith(".")
        assert "\n" not in one.line().split("\n  hint: ")[0]
        assert one.hint


@pytest.mark.parametrize("code", OF_FILES, ids=str)
def test_every_code_has_a_broken_file(code: Code) -> None:
    files = list(BROKEN.glob(f"{code.number}-*"))
    assert bool(files) != (code in NOT_AS_FILE)


def test_the_base_models_are_without_fault(bundle: Bundle) -> None:
    questionnaire, rubric = base("questionnaire", Questionnaire), base("rubric", Rubric)
    assert check_questionnaire(bundle.questionnaire, questionnaire.document.places) == []
    assert check_bundle(bundle.rubric, rubric.document.places, bundle.questionnaire) == []


def test_all_faults_come_in_one_run_sorted_by_place(bundle: Bundle) -> None:
    text = """
        format: maturity/city@1
        questionnaire: base
        city: {name: Example, country: TW}
        assessed: 2026-11-01
        projects:
          - {id: bus, name: Bus, domain: tram, answers: {stage: planned, years: 99}}
          - {id: bus, name: {en: Bus}, domain: health, private: {stag: plan}}
        """
    loaded = load_any(Source("city.yaml", text.encode()))
    assert isinstance(loaded, Loaded)
    found = check(loaded, bundle)
    assert found == sorted(found)
    assert [one.code.number for one in found] == ["M114", "M107", "M110", "M113", "M115", "M104"]


def test_every_form_of_answer_and_of_expectation_is_accepted(bundle: Bundle) -> None:
    city = """
        format: maturity/city@1
        questionnaire: base
        city: {name: Example, country: TW}
        assessed: 2026-11-01
        sources: {m1: Minutes}
        answers: {law-frame: fit}
        projects:
          - id: bus
            name: Bus
            domain: transport
            answers:
              stage: {one-of: [plan, running]}
              safeguards: {has: [audited], lacks: [named]}
              years: {between: [0, 50]}
              remarks: {en: Some, zh-Hant: 一些}
              bearers.demand: unknown
              exit-plan: {answer: not-applicable, reason: Nothing to leave}
              law-frame: gap
              renewal:
                answer: free
                evidence: [{grade: statement, source: m1}, {grade: none, source: A talk}]
            private: {exit-plan: {one-of: [written, not-applicable]}, safeguards: [], years: 7}
        """
    cases = """
        format: maturity/cases@1
        rubric: base
        cases:
          - name: A
            expect:
              score.terms.least: {near: 40, margin: 1, at_least: 0, at_most: 90}
              ladder.tier.confirmed: null
              ladder.tier.possible: {in: [T1, null], not_in: [T2]}
              decision.verdict.possible: open|done
              check.G1: {not_in: [partly]}
              flag.no-exit: absent
              flag.no-exit.severity: null
              coverage.asked: 7
              divergence.bearers.price: absent
          - {name: B, base: A, expect: {decision.verdict.possible: {has: [open]}}}
        """
    for text in (city, cases):
        loaded = load_any(Source("file.yaml", text.encode()))
        assert isinstance(loaded, Loaded)
        assert check(loaded, bundle) == []


@pytest.mark.parametrize(
    ("wanted", "is_within"),
    [(">=1.0, <2", True), (">1.2", False), ("<=1.2", True), ("==1.2", True), ("<1.10", True)],
)
def test_a_range_of_versions_is_kept_number_by_number(wanted: str, is_within: bool) -> None:
    assert version_within("1.2.0", wanted) is is_within
