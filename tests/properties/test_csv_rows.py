"""CSV as it is written is read as it was; a broken line takes no other row with it."""

import csv
import io
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from maturity.loading.tables.quotes import records

WIDTH = 3
CELLS = st.text(st.sampled_from('ab";,\n\r\t 公'), max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=6)
PLAIN = st.lists(st.text("ab ;", min_size=1, max_size=3), min_size=WIDTH, max_size=WIDTH)
HEAD = ["h"] * WIDTH


def written(rows: Sequence[Sequence[str]], separator: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue()


def lines(text: str) -> list[str]:
    """As a file opened with `newline=""` gives them."""
    return list(io.StringIO(text, newline=""))


@settings(max_examples=200)
@given(ROWS, st.sampled_from(",;\t"))
def test_what_was_written_is_read(rows: list[list[str]], separator: str) -> None:
    text = written([HEAD, *rows], separator)
    assert list(records(lines(text), separator)) == [HEAD, *rows]


@settings(max_examples=200)
@given(
    st.lists(PLAIN, min_size=1, max_size=8),
    st.text('ab",', min_size=1, max_size=12),
    st.integers(0, 8),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_a_broken_line_costs_itself_alone(
    rows: list[list[str]], broken: str, place: int, end: str
) -> None:
    """Rows without a quote are all there, whatever one line between them holds."""
    whole = [",".join(row) for row in [HEAD, *rows]]
    whole.insert(1 + place, broken)
    found = list(records(lines(end.join([*whole, ""])), ","))
    others = found[: 1 + min(place, len(rows))] + found[2 + min(place, len(rows)) :]
    assert others == [HEAD, *rows]
    assert len(found) == len(rows) + 2
