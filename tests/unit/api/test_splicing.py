"""Lines of CSV: what each unit has of them, and how many pieces become one file."""

import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from maturity.api.portfolio.sets.splicing import measure, write_pieces
from maturity.api.portfolio.sets.state import Entry

RECORDS = (
    b"1,a,b\n",
    b'2,"x\ny",c\n',
    b'3,"say ""no""\n\n",\n',
    b"4,\xe4\xb8\xad,\n",
    b'5,"",""\n',
)


def test_units_are_told_the_bytes_of_their_lines(tmp_path: Path) -> None:
    random, header = Random(5), b'n,"a\nheader",b\n'
    entries = [Entry(str(n), "", count=random.randrange(4)) for n in range(50)]
    lines = [[random.choice(RECORDS) for _ in range(one.count)] for one in entries]
    path = tmp_path / "results.csv"
    path.write_bytes(header + b"".join(b"".join(some) for some in lines))
    with path.open("rb") as stream:
        assert measure(stream, entries) == len(header)
    assert [one.size for one in entries] == [sum(map(len, some)) for some in lines]


PIECES = [memoryview(b"%d" % n * (n % 7)) for n in range(2_500)]


def test_pieces_stand_behind_each_other(tmp_path: Path) -> None:
    write_pieces(tmp_path / "all", PIECES)
    assert (tmp_path / "all").read_bytes() == b"".join(PIECES)


def test_a_system_may_write_less_than_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(6)

    def some_of(target: int, pieces: Sequence[memoryview]) -> int:
        every = b"".join(pieces)
        return os.write(target, every[: random.randint(1, len(every))])

    monkeypatch.setattr(os, "writev", some_of)
    write_pieces(tmp_path / "all", PIECES)
    assert (tmp_path / "all").read_bytes() == b"".join(PIECES)


def test_a_system_may_not_write_many_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "writev")
    write_pieces(tmp_path / "all", PIECES)
    assert (tmp_path / "all").read_bytes() == b"".join(PIECES)
