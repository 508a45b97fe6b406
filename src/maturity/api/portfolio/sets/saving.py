"""Results in the format that is asked for, out of the file that every run writes."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from maturity.api.portfolio.sets.running import Results
from maturity.api.portfolio.sets.splicing import measure
from maturity.api.portfolio.sets.state import CSV
from maturity.base.text import FALLBACK, LANGUAGES, Text
from maturity.engines.sets import names
from maturity.engines.sets.runner import Cell, number
from maturity.engines.sets.sheets import harmless_texts, plain_values
from maturity.engines.sql.columns import SEPARATOR
from maturity.model.bundle import Bundle
from maturity.model.flat import ABSENT, FlatValue, flat_order
from maturity.model.portfolio import Scored
from maturity.render import ResultsFormat
from maturity.render.results import RESULTS, Head


def save_as(format_: ResultsFormat, found: Results, bundle: Bundle, into: Path) -> None:
    """Write the results in a format; Parquet is there already."""
    database = found.database
    match format_:
        case "parquet":
            return
        case "csv":
            database.save_csv(harmless_texts(found.asking, found.scored.columns), into / CSV)
            if found.is_held:
                with (into / CSV).open("rb") as stream:
                    measure(stream, found.entries)
        case "duckdb":
            tables = {"results": plain_values(found.asking, found.scored.columns)}
            database.save_tables(tables, into / "results.duckdb")
        case _:
            _save_rows(format_, found, bundle, into)


def _save_rows(format_: ResultsFormat, found: Results, bundle: Bundle, into: Path) -> None:
    """Row by row, as the reference engine's results are written."""
    keys = {one.key for one in found.scored.columns}
    carried = tuple(names.name_of_carried(one) for one in found.asking.passed)
    head = Head(bundle, carried, tuple(key for key in flat_order(bundle) if key in keys))
    with closing(RESULTS[format_](into / f"results.{format_}", head)) as results:
        for one in _scored(found, bundle):
            results.add(one)


def _scored(found: Results, bundle: Bundle) -> Iterator[Scored]:
    keys = [one.key for one in found.scored.columns]
    kinds = {one.key: one.kind for one in found.scored.columns}
    database = found.database
    for row in database.stream(found.asking.select(*(one.name for one in found.scored.columns))):
        values = dict(zip(keys, row, strict=True))
        carried = {
            names.name_of_carried(one): str(values[one])
            for one in found.asking.passed
            if values[one] is not None
        }
        city, project, name, domain, weight = (values[names.fact(one)] for one in names.FACTS)
        yield Scored(
            city=_text(str(city), "city", carried),
            project=str(project),
            name=_text(str(name), "name", carried),
            domain=str(domain),
            weight=number(weight),
            carried=carried,
            values=_flat(values, kinds, bundle),
        )


def _flat(
    values: Mapping[str, Cell], kinds: Mapping[str, str], bundle: Bundle
) -> dict[str, FlatValue]:
    """Every value of a project by key; what no input could say anything of, as it surely is."""
    found: dict[str, FlatValue] = {}
    for key in flat_order(bundle):
        if key in values:
            found[key] = _list(values[key]) if kinds[key] == "words" else values[key]
        elif key.endswith(".severity"):
            flag = key.removeprefix("flag.").removesuffix(".severity")
            raised = values[f"flag.{flag}"] != ABSENT
            found[key] = bundle.rubric.flags[flag].severity if raised else None
        else:
            found[key] = ABSENT
    return found


def _list(value: Cell) -> tuple[str, ...]:
    return tuple(str(value).split(SEPARATOR)) if value else ()


def _text(plain: str, column: str, carried: Mapping[str, str]) -> Text:
    others = {one: carried.get(f"{column}.{one}") for one in LANGUAGES if one != FALLBACK}
    told = {one: said for one, said in others.items() if said}
    return Text(by_language={FALLBACK: plain, **told}) if told else Text(plain)
