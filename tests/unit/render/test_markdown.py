"""The advisory report: what it says in either language, and what a user's template may do."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.making.advised import advised, words
from tests.making.reports import example_report, small_report

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import RefusedError
from maturity.i18n.catalog import catalog
from maturity.model.result import CheckResult
from maturity.render.markdown import markdown
from maturity.render.markdown.escaping import JOINER, escaped
from maturity.render.markdown.view import report_view
from maturity.render.markdown.voice import Voice
from maturity.render.terminal import terminal

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
PAGES = [("small", "en"), ("small", "zh-Hant"), ("makassar", "en"), ("makassar", "zh-Hant")]
CJK = re.compile("[\u3400-\u9fff]")


def told(language: str = "en") -> str:
    report = advised()
    return markdown(report, words(report, language))


def filled(template: str, shown: str = "firm.md.jinja") -> str:
    report = advised()
    return markdown(report, words(report), template, shown)


def refused(template: str) -> Diagnostic:
    with pytest.raises(RefusedError) as caught:
        filled(template)
    (found,) = caught.value.diagnostics
    assert found.code is Code.TEMPLATE
    return found


def chapter(report: str, project: str, title: str) -> str:
    """The text of one chapter of one project."""
    (part,) = [one for one in report.split("\n## ") if one.startswith(f"Project: {project}\n")]
    (found,) = [one for one in part.split("\n### ") if one.split(". ", 1)[-1].startswith(title)]
    return found


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_the_report_is_the_one_that_was_read_and_approved(name: str, language: str) -> None:
    report = advised() if name == "small" else example_report(f"{name}.yaml")
    text = markdown(report, words(report, language))
    file = GOLDEN / f"report-{name}.{language}.md"
    if os.environ.get("MATURITY_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_both_languages_have_the_same_parts() -> None:
    shapes = [
        [
            (re.sub(r"[^#|>-].*", "", line), line.count(" | "))
            for line in told(language).splitlines()
        ]
        for language in ("en", "zh-Hant")
    ]
    assert shapes[0] == shapes[1]


def test_no_english_word_of_ours_is_in_the_chinese_report() -> None:
    said = catalog("zh-Hant").sentences
    ours = {key: text for key, text in said.items() if key.startswith("report.")}
    bare = {key: re.sub(r"\{[a-z]+\}|proposed", "", text) for key, text in ours.items()}
    assert not {key: text for key, text in bare.items() if re.search("[A-Za-z]", text)}
    assert not CJK.search(told("en"))


@pytest.mark.parametrize(
    ("language", "title", "more"),
    [
        ("en", "Warnings", r"; and \d+ more \((F\d+)–(F\d+)\)$"),
        ("zh-Hant", "警告級警示", r"；以及另外 \d+ 項（(F\d+)–(F\d+)）$"),
    ],
)
def test_the_summary_names_the_first_warnings_and_counts_the_rest(
    language: str, title: str, more: str
) -> None:
    report = example_report("illustration.yaml")
    view = report_view(report, words(report, language)).projects[1]
    [told] = [fact.says for fact in view.sure if fact.about == title]
    warned = [one.number for one in view.findings[1].findings]
    found = re.search(more, told)
    assert found is not None
    assert (found[1], found[2]) == (warned[3], warned[-1])
    assert re.findall(r"F\d+(?= )", told) == warned[:3]


def test_a_flag_is_called_so_everywhere() -> None:
    """As `assess` and `explain` call it; findings are those of `validate`."""
    for language, word, other in (("en", ". Flags\n", "inding"), ("zh-Hant", "警示", "發現")):
        said = catalog(language).sentences
        bare = {key: re.sub(r"\{[a-z]+\}", "", text) for key, text in said.items()}
        ours = {key for key, text in bare.items() if key.startswith("report.") and other in text}
        assert ours <= {"report.illustration-means"}
        assert word in told(language)


def test_the_summary_leads_with_what_is_sure() -> None:
    pump = chapter(told(), "Pump", "Summary")
    assert "- **Does**: at least L1 Little" in pump
    assert "- **Holds**: at most L1 Little; nothing is confirmed" in pump
    assert "**Verdict: not settled.**" in pump
    assert "**Verdict: Fair.**\n\nIt holds." in chapter(told(), "Tank", "Summary")


def test_first_comes_what_the_gravest_finding_calls_for() -> None:
    pump, tank = (chapter(told(), name, "Summary") for name in ("Pump", "Tank"))
    assert re.findall(r"- \*\*R\d\*\* (\S+)", tank) == ["Take", "Shorten", "Do"]
    assert re.findall(r"- \*\*R\d\*\* (\S+)", pump) == ["Shorten", "Do"]
    assert pump.count("- Agree: Who owns the data? (the sides differ, A4)") == 1


def test_the_two_sides_stand_beside_each_other() -> None:
    pump = chapter(told(), "Pump", "The themes")
    sides = "government: no evidence given; private partner: no evidence given"
    assert f"| A4 | Who owns the data? | – | The city | The firm | {sides} |" in pump
    views = "| Score | 10–100 | 0–100 |"
    assert views in pump
    assert "| Checklist | C1 unknown | F1 unknown |" in pump


def test_sentences_are_joined_without_a_second_stop() -> None:
    voice = Voice(words(advised()), advised().projects[0])
    assert voice.sentences(["So it is.", "half", "done"]) == "So it is. half; done"
    for language in ("en", "zh-Hant"):
        text = markdown(
            example_report("illustration.yaml"),
            words(example_report("illustration.yaml"), language),
        )
        assert not re.findall(r".{9}(?:\.;|。；|\*\* （)", text)


def test_a_justification_lowers_a_finding_in_sight() -> None:
    pump = chapter(told(), "Pump", "Flags")
    lowered = "- **Lowered from warning to information, as justified**: For how long? → Pumps last."
    assert lowered in pump


def test_risks_are_laid_beside_usual_practice() -> None:
    pump, tank = (chapter(told(), name, "Risk allocation") for name in ("Pump", "Tank"))
    rows = [row.split(" | ") for row in pump.splitlines() if row.startswith("| ")]
    outcomes = {row[0]: row[2] for row in rows}
    assert outcomes == {
        "| Risk": "Bearer here",
        "| ---": "---",
        "| Demand": "Public (departs from usual practice (F1))",
        "| Price": "Silent (the contract is silent)",
        "| Law": "Public; or Partner (may depart)",
        "| Floods": "Public; or Silent (no departure)",
    }
    assert "| Price | Shared | Shared (as usual) |" in tank
    assert "| Demand | Partner; or Shared | unknown |" in tank
    assert "not as legal advice" in pump


def test_what_is_unknown_adds_up() -> None:
    for name in ("illustration.yaml", "linknyc.yaml", "all-unknown.yaml"):
        report = example_report(name)
        for one in report_view(report, words(report)).projects:
            coverage = one.coverage
            rows = [(r.asked, r.answered, r.partly, r.differing, r.unknown) for r in one.unknown]
            assert tuple(map(sum, zip(*rows, strict=True))) == (
                coverage.asked,
                coverage.answered,
                one.partly,
                one.differing,
                coverage.unknown,
            )
            assert one.partly + one.differing == coverage.partly


@pytest.mark.parametrize(
    ("language", "missing", "differs"),
    [("en", "answers missing", "the sides differ"), ("zh-Hant", "尚缺答案", "雙方答案不同")],
)
def test_an_answer_on_which_the_sides_differ_is_never_called_missing(
    language: str, missing: str, differs: str
) -> None:
    """Every question of the illustration is answered by both sides."""
    report = example_report("illustration.yaml")
    said = words(report, language)
    assert missing not in markdown(report, said)
    for one in report_view(report, said).projects:
        assert (one.partly, one.coverage.unknown) == (0, 0)
        asked = [name for gap in one.gaps for name in gap.questions]
        unknown = [
            item.rests_on
            for checklist in one.checklists
            for item in checklist.items
            if item.status == said.say("status.unknown")
        ]
        assert all(differs in " ".join(told) for told in unknown)
        assert all(differs in told for told in asked)
        assert all(differs in two.told.lower() and two.differs for two in one.openings)


@pytest.mark.parametrize(
    ("language", "status", "because", "rest"),
    [
        (
            "en",
            "not met (partly or open)",
            "A27 not chosen: All districts and groups served evenly",
            "answers missing: 1",
        ),
        ("zh-Hant", "並非符合（部分符合或未符合）", "A27 未選：", "尚缺答案：1 題"),
    ],
)
def test_an_item_that_cannot_be_met_says_so_and_why(
    language: str, status: str, because: str, rest: str
) -> None:
    report = example_report("linknyc.yaml")
    said = words(report, language)
    [project] = report_view(report, said).projects
    [item] = [one for many in project.checklists for one in many.items if one.id == "G2"]
    assert (item.status, item.rests_on[1:]) == (status, (rest,))
    assert item.rests_on[0].startswith(because)
    shown = "".join(terminal(report, said, 120, color=False).split())
    assert status.replace(" ", "") in shown
    assert "promises-kept" in shown.split("│G2│")[1].split("│G8a│")[0]


def test_what_is_sure_of_an_open_item_is_told() -> None:
    told = [
        CheckResult("G1", "unknown", "partly" if floor else None, possible).told
        for floor, possible in (
            (None, ("met", "open")),
            ("partly", ("met", "partly")),
            (None, ("partly", "open")),
            (None, ("not-applicable", "partly", "open")),
        )
    ]
    assert told == ["unknown", "at-least-partly", "at-most-partly", "not-met"]


@pytest.mark.parametrize(
    ("language", "basis"),
    [
        ("en", "A27 chosen only Privacy impact assessment (not chosen: Security and sov"),
        ("zh-Hant", "A27 僅選"),
    ],
)
def test_a_finding_on_several_choices_names_what_is_missing(language: str, basis: str) -> None:
    report = example_report("illustration.yaml")
    view = report_view(report, words(report, language))
    found = [
        one.basis
        for project in view.projects
        for group in project.findings
        for one in group.findings
        if one.id == "no-security-review"
    ]
    assert any(told.startswith(basis) for row in found for told in row), found


def test_what_is_known_in_part_is_told_apart_from_what_is_missing() -> None:
    report = advised()
    [pump, _] = [Voice(words(report), one) for one in report.projects]
    assert pump.unsettled(["owner", "years", "sold", "base"]) == [
        "the sides differ (A4): agree",
        "known only in part (A3): settle",
        "answers missing: 1",
    ]


def test_every_finding_of_the_result_is_in_the_view() -> None:
    report = example_report("illustration.yaml")
    view = report_view(report, words(report))
    for one, result in zip(view.projects, report.result.projects, strict=True):
        status = {flag.id: flag.status for flag in result.flags}
        raised, watched = (
            {name for name, said in status.items() if said == wanted}
            for wanted in ("raised", "watched")
        )
        assert {found.id for group in one.findings for found in group.findings} == raised
        assert {gap.id for gap in one.gaps} == watched
        assert one.possible_findings == list(status.values()).count("possible")
        given = {one.id for one in result.recommendations if one.status == "given"}
        assert {action.id for group in one.actions for action in group.actions} == given


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_every_answer_is_told_once_and_every_reference_leads_to_it(language: str) -> None:
    for name in ("linknyc.yaml", "makassar.yaml", "illustration.yaml"):
        report = example_report(name)
        one = report.projects[0]
        told_words = words(report, language)
        text = markdown(replace(report, projects=(one,)), told_words)
        rows = re.findall(r"^\| (A\d+) \| ", text, re.MULTILINE)
        assert sorted(rows, key=lambda ref: int(ref[1:])) == [
            f"A{n}" for n in range(1, len(one.said) + 1)
        ]
        assert set(re.findall(r"\bA\d+\b(?= )", text)) <= set(rows)
        for letter, status in (("F", "raised"), ("W", "watched")):
            found = [flag for flag in one.result.flags if flag.status == status]
            numbers = {f"{letter}{n}" for n in range(1, len(found) + 1)}
            assert {n for n in numbers if f" {n} " in text or f"**{n}** " in text} == numbers


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_all_advice_is_in_the_report_once(language: str) -> None:
    report = example_report("linknyc.yaml")
    said, result = words(report, language), report.projects[0].result
    rubric, text = report.bundle.rubric, markdown(report, words(report, language))
    shown = [rubric.flags[flag.id] for flag in result.flags if flag.status != "possible"]
    given = [one.id for one in result.recommendations if one.status == "given"]
    advice = [flag.action for flag in shown]
    advice += [rubric.recommendations[one].action for one in given]
    assert len(shown) == len([f for f in result.flags if f.status in ("raised", "watched")]) > 20
    for one in advice:
        assert text.count(escaped(said.text(one))) == 1
    for flag, flagged in ((rubric.flags[one.id], one) for one in result.flags):
        if flagged.status == "raised":
            assert escaped(said.text(flag.contract)) in text


def test_the_models_sources_listed_are_those_cited() -> None:
    for name in ("linknyc.yaml", "makassar.yaml"):
        text = markdown(example_report(name), words(example_report(name)))
        body, listed = text.split("### Sources of the models, as cited")
        keys = set(re.findall(r"^- \*\*(\w+)\*\* ", listed, re.MULTILINE))
        works = words(example_report(name)).works
        assert keys == {key for key in works if re.search(rf"\b{key}, ", body)}


def test_a_report_on_one_project_can_be_read_in_one_sitting() -> None:
    """Words as a reader counts them; the marks between the cells of tables are none."""
    for name, most in (("linknyc.yaml", 5900), ("makassar.yaml", 3800)):
        told = markdown(example_report(name), words(example_report(name)))
        assert len([word for word in told.split() if re.search(r"\w", word)]) <= most


def test_scores_on_different_scales_are_each_told_with_its_own() -> None:
    report = small_report()
    text = markdown(report, words(report))
    assert "| Score | Side | At least | At most | Scale |" in text


def test_the_report_tells_neither_folder_nor_day() -> None:
    text = told()
    assert str(Path.cwd()) not in text
    assert re.findall(r"\d{4}-\d\d-\d\d", text) == ["2026-11-01"]


def test_the_hash_seed_changes_nothing() -> None:
    code = (
        "from tests.making.advised import advised, words\n"
        "from maturity.render.markdown import markdown\n"
        "import hashlib\n"
        "text = markdown(advised(), words(advised()))\n"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    digests = {run(code, PYTHONHASHSEED=str(seed)) for seed in range(4)}
    assert len(digests) == 1


def test_jinja_is_there_only_for_a_report() -> None:
    code = (
        "import sys, maturity.render.words, maturity.render.markdown\n"
        "print('jinja2' in sys.modules)"
    )
    assert run(code) == "False"


def run(code: str, **environment: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a | b\n# c", r"a \| b \# c"),
        ("# c", r"\# c"),
        ("- a", r"\- a"),
        ("1. a", r"1\. a"),
        ("iv) a", r"iv\) a"),
        ("2.5 of 3", "2.5 of 3"),
        ("at http://x.org.", r"at http:\//x\.org."),
        ("a@b.org", rf"a\@{JOINER}b\.org"),
        ("\x1b[31m", "\N{REPLACEMENT CHARACTER}\\[31m"),
        ("  ", ""),
    ],
)
def test_texts_are_escaped(text: str, line: str) -> None:
    assert escaped(text) == line


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ report.city }}", "a\\|b"),
        ("{{ report.city ~ '|' ~ report.city }}", r"a\|b\|a\|b"),
        ("{{ report.city + '!' }}", r"a\|b\!"),
        ("{{ [report.city, 'c|'] | join(' | ') }}", r"a\|b \| c\|"),
        ("{% set x %}{{ report.city }}{% endset %}{{ x }}", r"a\|b"),
        ("{% set x %}{{ report.city }}{% endset %}{{ x + ' ' ~ report.city }}", r"a\|b a\|b"),
        ("{% set x %}*{% endset %}{{ [x, '*'] | join(' ') }}", r"* \*"),
        ("{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m('[') }}", r"[\[]"),
        ("{% autoescape false %}{{ report.city }}{% endautoescape %}", r"a\|b"),
        ("{% set x = none %}{{ x }}{{ 2 }}{{ 0.5 }}", "20.5"),
        ("{{ 7 * 6 }} {{ '%d' % 5 }}", "42 5"),
        ("{{ say('label', text=report.city) }}", r"a\|b:"),
        ("{{ report.projects | map(attribute='name') | list | length }} {{ language }}", "2 en"),
    ],
)
def test_a_template_of_a_user_escapes_what_it_prints(template: str, text: str) -> None:
    report = advised(city=lambda _: "a|b")
    assert markdown(report, words(report), template) == text


def test_a_template_of_a_user_can_build_on_ours() -> None:
    text = filled(
        "{% extends 'report.md.jinja' %}\n"
        "{% block title %}# {{ report.city }} by Firm & Co.\n{% endblock %}\n"
        "{% block method %}## Signed\n{% endblock %}\n"
    )
    assert text.startswith("# Small City by Firm & Co.\n")
    assert "## Project: Pump" in text
    assert text.endswith("## Signed\n")
    assert "Disclaimer" not in text


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("a\n{{ report.ctiy }}\n", 2, "the report has no 'ctiy'; did you mean 'city'?"),
        ("a\n\n{% if %}", 3, "Expected an expression"),
        ("{{ nothing }}", 1, "nothing is called 'nothing'"),
        ("a\n{{ report.projects }}", 2, "a list cannot be printed; print its parts"),
        (
            "\n{% for x in report.projects %}\n{{ x.nmae }}{% endfor %}",
            3,
            "the project has no 'nmae'; did",
        ),
        ("\n{{ report.zzz }}", 2, "the report has no 'zzz'; there is: city, country, "),
        ("\n{{ report }}", 2, "the report cannot be printed"),
        ("\n{{ report.projects.x }}", 2, "a list has no 'x'"),
        ("\n{{ {}.b.c }}", 2, "a map has no 'b'"),
        ("\n{{ 5 .x }}", 2, "a number has no 'x'"),
        ("\n{{ namespace(a=1).x }}", 2, "this has no 'x'"),
        ("\n{{ say('action-by') }}", 2, "action has no value"),
        ("\n{{ report.city.upper() }}", 2, "upper"),
        ("\n{{ report.__class__.__mro__ }}", 2, "__class__"),
        ("\n{{ ''.__class__ }}", 2, "__class__"),
        ("\n{{ report.city | safe }}", 2, "safe"),
        ("\n{{ report.city | e }}", 2, "'e'"),
        ("\n{% set x %}a{% endset %}{{ x * 3 }}", 2, "not offered"),
        ("\n{% include '/etc/passwd' %}", 2, "/etc/passwd"),
        ("\n{% include '../words.py' %}", 2, "../words.py"),
        ("\n{{ say('no-such') }}", 2, "say knows no sentence 'no-such'"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("\n{{ lipsum() }}", 2, "lipsum"),
        ("\n{{ range(10 ** 9) }}", 2, "Range too big"),
        ("\n{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 2, "a macro calls itself"),
        ("{% extends 'report.md.jinja' %}\n{% block title %}{{ nothing }}{% endblock %}", 2, "not"),
    ],
)
def test_a_template_that_fails_is_refused_at_its_line(template: str, line: int, said: str) -> None:
    found = refused(template)
    assert (found.place.path, found.place.line) == ("firm.md.jinja", line)
    assert said in found.message
    assert not re.search(r"maturity\.|Error\b| object\b|View\b|Row\b", found.message)
    assert found.hint


@pytest.mark.parametrize(
    ("language", "marked"), [("en", "{} (savings)"), ("zh-Hant", "{}（savings）")]
)
def test_projects_of_one_name_are_told_apart_by_their_ids(language: str, marked: str) -> None:
    report = example_report("street-lights.yaml")
    [name] = {words(report, language).text(one.project.name) for one in report.projects}
    text = markdown(report, words(report, language))
    told = marked.format(name)
    assert f"| {told} |" in text
    assert len(re.findall(rf"^## .*{re.escape(told)}$", text, re.MULTILINE)) == 1
    assert not re.findall(rf"{re.escape(name)} [FR]\d", text)


def test_several_usual_practices_for_one_risk_stand_under_their_conditions() -> None:
    report = example_report("all-unknown.yaml")
    text = markdown(report, words(report))
    rows = re.findall(r"^\| (?:Demand|Interoperability): .*$", text, re.MULTILINE)
    assert len(rows) == 4
    assert all(", where this holds: " in row for row in rows)
    assert "where this holds: not “Operating tier: T2 PPP value-added services” |" in rows[2]
    assert "where this holds" not in markdown(
        example_report("illustration.yaml"), words(example_report("illustration.yaml"))
    )
