"""Check files: questionnaires, rubrics, city files and case files.

What the checks themselves need is imported where a file has to be checked: one whose bytes are
vouched for is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic, in_order
from maturity.base.errors import UsageError
from maturity.base.nearest import nearest
from maturity.base.places import Place
from maturity.checks.suppressing import choose, unused
from maturity.loading.sources import Source, fetch, rubric_tested
from maturity.loading.vouched import is_clean
from maturity.model.checked import Checked, Settings

if TYPE_CHECKING:
    from maturity.api.models import Models
    from maturity.model.cases import Cases
    from maturity.model.proofs import Tally
    from maturity.model.saved import SavedCases

NO_SETTINGS = Settings()


class Proving(NamedTuple):
    """That rubrics are to be proved: what each may take, in seconds of a usual machine; a clock."""

    seconds: float
    clock: Callable[[], float]


def validate(
    paths: Iterable[Path],
    settings: Settings = NO_SETTINGS,
    standard_input: Source | None = None,
    also: Iterable[Diagnostic] = (),
    proving: Proving | None = None,
) -> Checked:
    """Check files, and the YAML files of folders, each as what its `format:` says.

    `-` among the paths stands for what came from standard input. `also` are findings about the
    settings; settings that the paths were taken from have to be of use. With `proving`, each
    rubric without an error is held to what a solver can prove of it.

    Raises:
        SolverMissingError: proofs are asked for, and the solver is not installed.
    """
    named = list(paths)
    run = _Run(standard_input, proving)
    faults = list(also)
    run.unreadable += filter(is_unreadable, faults)
    for path in files_of(named, "*.yaml"):
        run.check(path)
    run.unreadable += (_nothing_in(path) for path in named if _is_bare(path))
    told = choose(in_order(run.findings), settings)
    is_whole = bool(settings.paths) and named == list(settings.paths)
    judged = (one for one in told.unused if proving or not one.code.is_of_proofs)
    idle = unused(judged) if is_whole and not run.may_hide else ()
    findings = in_order([*told.findings, *filterfalse(is_unreadable, faults), *idle])
    broken = in_order(run.unreadable)
    return Checked(
        tuple(run.files),
        tuple(findings),
        tuple(broken),
        run.suppressed + told.suppressed,
        run.proofs,
        tuple(run.counterexamples),
        _lines([*findings, *broken], standard_input),
        run.may_hide,
    )


class _Run:
    """What is known so far of some files; each model is read once."""

    def __init__(self, standard_input: Source | None, proving: Proving | None) -> None:
        self.standard_input = standard_input
        self.proving = proving
        self.proofs = _nothing_proved() if proving else None
        self.counterexamples: list[SavedCases] = []
        self.files: list[str] = []
        self.findings: list[Diagnostic] = []
        self.unreadable: list[Diagnostic] = []
        self.suppressed = 0
        self.may_hide = False
        self.models: Models | None = None

    def check(self, path: Path) -> None:
        """Check one file more."""
        is_given = self.standard_input is not None and path == Path("-")
        source = self.standard_input if is_given else fetch(path)
        self.files.append(source.shown if isinstance(source, Source) else path.as_posix())
        if not isinstance(source, Source):
            self.unreadable += source or []
        else:
            if not is_clean(source):
                self._check_in_full(source)
            if self.proving:
                self._prove(source, self.proving)

    def _check_in_full(self, source: Source) -> None:
        from maturity.api.judging import judge
        from maturity.api.models import Models

        self.models = self.models or Models()
        told = judge(source, self.models)
        self.suppressed += told.suppressed
        self.may_hide |= told.may_hide
        broken = any(is_unreadable(one) for one in told.findings)
        (self.unreadable if broken else self.findings).extend(told.findings)

    def _prove(self, source: Source, proving: Proving) -> None:
        from maturity.api.models import Models
        from maturity.api.proving import proved

        self.models = self.models or Models()
        begin = proving.clock()
        told = proved(source, self.models, proving.seconds)
        if told is not None and self.proofs is not None:
            self.proofs = self.proofs.plus(told.proofs, proving.clock() - begin)
            self.findings += told.findings
            self.suppressed += told.suppressed
            self.counterexamples.append(told.counterexamples)


def _nothing_proved() -> Tally:
    from maturity.model.proofs import Tally

    return Tally()


def is_unreadable(diagnostic: Diagnostic) -> bool:
    """Whether a file with this fault is no data yet."""
    return diagnostic.is_error and diagnostic.code.number.startswith("M0")


def files_of(paths: Iterable[Path], pattern: str) -> Iterator[Path]:
    """The files named, and those of this pattern below the folders named, in order, each once.

    Hidden files, and those in hidden folders, are other programs' unless they are named.
    """
    seen: set[Path] = set()
    for path in paths:
        below = [*path.rglob(pattern), *path.rglob(f"{pattern.removesuffix('.yaml')}.yml")]
        shown = (one for one in below if one.is_file() and not _is_hidden(one, path))
        for one in sorted(shown) if path.is_dir() else [path]:
            if one not in seen:
                seen.add(one)
                yield one


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _is_bare(path: Path) -> bool:
    return path.is_dir() and not any(files_of([path], "*.yaml"))


def _nothing_in(path: Path) -> Diagnostic:
    message = "no YAML file in this folder or below it: nothing was checked"
    hint = "name the folder that holds the files, whose names end in .yaml or .yml"
    return Diagnostic.of(Code.UNREADABLE, Place(path.as_posix(), 1, 1), message, hint)


def tested_by(cases: Cases, path: Path | None) -> str:
    """The rubric that a case file tests: a file beside it, or the shipped one of that id."""
    found = rubric_tested(cases.rubric, path)
    return str(found) if found else cases.rubric


def codes_named(names: Iterable[str]) -> frozenset[Code]:
    """The codes that a user means by numbers, words, or beginnings such as `M3`; commas part them.

    Raises:
        UsageError: there is no such code.
    """
    words = [word for name in names for word in name.replace(",", " ").split()]
    found = {word: Code.named(word) for word in words}
    for word, codes in found.items():
        if not codes:
            near = nearest(word.lower(), [one.word for one in Code])
            hint = "did-you-mean" if near else "all-codes"
            raise UsageError("no-diagnostic", hint, given=word, word=near)
    return frozenset(code for codes in found.values() for code in codes)


def _lines(
    found: Iterable[Diagnostic], standard_input: Source | None
) -> Mapping[tuple[str, int], str]:
    """The line of each place; none of files that cannot be read again."""
    wanted: dict[str, set[int]] = {}
    for one in found:
        wanted.setdefault(one.place.path, set()).add(one.place.line)
    lines: dict[tuple[str, int], str] = {}
    for shown, numbers in wanted.items():
        lines.update(_lines_of(shown, numbers, standard_input))
    return lines


def _lines_of(
    shown: str, numbers: set[int], standard_input: Source | None
) -> Iterator[tuple[tuple[str, int], str]]:
    is_given = standard_input is not None and shown == standard_input.shown
    source = standard_input if is_given else fetch(Path(shown))
    if isinstance(source, Source):
        text = source.raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
        for number, line in enumerate(text.replace("\r", "\n").split("\n"), 1):
            if number in numbers:
                yield (shown, number), line
