"""`maturity batch --engine spark`: tables scored where they are, on a cluster.

What cannot be read by the rubric's query is not read closely, as on one machine: it is counted,
and the first of it are listed.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Final

from maturity.api.portfolio.request import Batched, Job
from maturity.api.portfolio.sets.layouts import judged, sources_of
from maturity.api.portfolio.writing import (
    ERRORS,
    TOLD,
    twin_fault,
    write_manifest,
    write_pages,
)
from maturity.base.codes import Code
from maturity.base.diagnostics import Diagnostic
from maturity.base.errors import UsageError
from maturity.base.naming import alike
from maturity.base.places import Place
from maturity.engines.sets import names
from maturity.engines.sets.asking import Asking
from maturity.engines.sets.clashing import Counted, clashes_in
from maturity.engines.sets.columns import passed_on
from maturity.engines.sets.counting import count_into
from maturity.engines.sets.picking import projects_of
from maturity.engines.sets.results import odd_rows_told, results_of, table_of_rows
from maturity.engines.sets.runner import count, word
from maturity.engines.sets.tables import GONE, Kind, Part, columns_of, scored_rows
from maturity.engines.sets.twins import twins_among
from maturity.engines.spark.cluster import (
    BROKEN,
    ROW_NUMBER,
    Cluster,
    First,
    Relation,
    UnreadError,
    is_broken,
)
from maturity.engines.sql.columns import Column
from maturity.engines.tally import FEW, SHOWN, Tally
from maturity.loading.tables.table import unreadable
from maturity.model.columns import header_text
from maturity.model.portfolio import Failed, Portfolio
from maturity.render.results.csv_ import CsvErrors

RESULTS: Final = "results.parquet"
LISTED: Final = 10_000
"""Rows that are no projects are listed up to so many; the rest is counted."""

_PATCH: Final = "left out"


def batch_cluster(job: Job) -> Batched:
    """Score tables on the master that is asked for, into a folder that the cluster reaches.

    Raises:
        UsageError: what is asked for is not for a cluster, or there is none.
    """
    request = job.request
    if request.master is None:
        raise UsageError("master-needed")
    if request.format_ != "parquet":
        raise UsageError("spark-writes-parquet")
    with closing(Cluster(request.master)) as cluster:
        return score_in(cluster, job)


def score_in(cluster: Cluster, job: Job) -> Batched:
    """The same in a session that is there."""
    run = _Run(cluster, job)
    run.read()
    tally = Tally(job.context.scoring.bundle)
    if run.parts:
        asking = run.scored()
        count_into(tally, asking)
        for one in clashes_in(asking, job.context.columns.conflicts, FEW, SHOWN):
            tally.clashes.append(Counted(one))
    for number, fault in enumerate(run.failed):
        tally.fail(fault, (fault.path, number))
    return _written(job, tally.portfolio(), run)


def _written(job: Job, portfolio: Portfolio, run: "_Run") -> Batched:
    with closing(CsvErrors(job.into / ERRORS)) as errors:
        for fault in run.failed:
            errors.add(fault)
    write_pages(job.context, job.into, portfolio)
    files = write_manifest(job.context, job.into)
    first = tuple(run.failed[:TOLD])
    return Batched(portfolio, 0, len(job.request.paths), first, files, job.context)


@dataclass(slots=True)
class _Run:
    """Tables on their way to results. `failed`: what is not among them, and why."""

    cluster: Cluster
    job: Job
    parts: list[Part] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)

    def read(self) -> None:
        """Find every table, and leave out what is none."""
        for number, path in enumerate(self.job.request.paths):
            try:
                relation = self.cluster.read(path, f"table {number}", self.job.request.encoding)
            except UnreadError as error:
                hint = "name a Parquet, CSV or JSON Lines table that every machine reaches"
                self._fail(unreadable(path, f"the table cannot be read: {error}", hint))
                continue
            self._take_in(path, number, relation)

    def scored(self) -> Asking:
        """Write the results of every row that is plainly a project; what tells of them."""
        self._leave_out_twins()
        scoring = self.job.context.scoring
        columns = columns_of(self.parts)
        table = table_of_rows(scored_rows(self.parts), columns, scoring.plan)
        self._list_odd(self.cluster.first(odd_rows_told(scoring.plan, table), LISTED))
        passed = passed_on(columns, scoring.bundle)
        table = table_of_rows(scored_rows(self.parts), columns, scoring.plan)
        query = results_of(scoring.plan, scoring.bundle, table, passed, guarded=False)
        target = self.job.into / RESULTS
        self.cluster.score(query, target)
        return self._asking(query.columns, self.cluster.read(target.absolute().as_uri(), RESULTS))

    def _asking(self, columns: Sequence[Column], relation: Relation) -> Asking:
        there = frozenset(one.name for one in columns)
        passed = {one.key: one.name for one in columns if names.is_carried(one.key)}
        return Asking(self.cluster, relation, there, passed)

    def _take_in(self, path: str, number: int, relation: Relation) -> None:
        types = self.cluster.columns(relation)
        types.pop(ROW_NUMBER)
        layout = self.job.context.layout
        kinds = {header: _kind(kind) for header, kind in types.items() if header != BROKEN}
        faults = layout.faults(path, tuple(map(header_text, kinds)))
        for fault in faults:
            self._fail(fault)
        if faults:
            return
        part = Part(number, relation, ROW_NUMBER, 0, sources_of(kinds, layout))
        scoring = self.job.context.scoring
        domains = tuple(scoring.questionnaire.model.domains)
        part = judged(part, domains, scoring.plan.shapes)
        self.parts.append(_with_broken(part, types))

    def _leave_out_twins(self) -> None:
        """Every one of the projects that have one id in one city is an error."""
        twins = twins_among(self.cluster, [projects_of(self.parts)], alike)
        if not twins:
            return
        for one in twins:
            path = self.job.request.paths[one.part]
            self.failed.append(twin_fault(path, 0, one.city, one.project, one.places))
        rows = [(one.part, one.row, 1) for one in twins]
        self.cluster.keep(_PATCH, (names.PART, names.ROW, GONE), rows)
        self.parts = [replace(part, patched=_PATCH) for part in self.parts]

    def _list_odd(self, found: First) -> None:
        """Name the rows that the query does not take, and count those beyond."""
        for part, city, project, headers in found.rows:
            path = self.job.request.paths[count(part)]
            self._fail(_odd(path, word(city), word(project), word(headers)))
        if found.more:
            place = Place("", 1, 1)
            message = f"{found.more} more rows are no projects"
            self._fail(Diagnostic.of(Code.WRONG_VALUE, place, message, "mend those listed first"))

    def _fail(self, fault: Diagnostic) -> None:
        self.failed.append(Failed.of(fault))


def _with_broken(part: Part, types: Mapping[str, str]) -> Part:
    """A row that Spark could not part into cells is odd, whatever else it seems to say."""
    if BROKEN not in types or part.odd is None:
        return part
    return replace(part, odd=is_broken(part.odd))


def _kind(kind: str) -> Kind:
    match kind:
        case "string":
            return "text"
        case "double" | "float":
            return "real"
        case _:
            return "plain"


def _odd(path: str, city: str | None, project: str | None, headers: str | None) -> Diagnostic:
    where = f"project {project or '-'} of {city or '-'}"
    listed = [one.removeprefix(names.answered("", "answers")) for one in (headers or "").split("|")]
    message = (
        f"{where}: no answer to {', '.join(listed)}"
        if headers
        else f"{where}: its city, project, domain or weight is missing or not plainly written"
    )
    hint = "score the row alone, without --engine spark, to be told what is wrong with it"
    return Diagnostic.of(Code.WRONG_VALUE, Place(path, 1, 1), message, hint)
