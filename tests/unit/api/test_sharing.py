"""Pieces of work: each is done once, by whichever process comes to it, or here at last."""

import os
import time
from contextlib import closing
from pathlib import Path

import pytest

from maturity.api.portfolio.sharing import Shared


@pytest.mark.parametrize("copies", [0, 1, 3])
@pytest.mark.parametrize("pieces", [0, 1, 40])
def test_each_piece_is_done_once_and_found_in_its_place(
    pieces: int, copies: int, tmp_path: Path
) -> None:
    def work(number: int) -> int:
        with (tmp_path / "done").open("a") as stream:
            stream.write(f"{number}\n")
        return number * number

    with closing(Shared(work, pieces, copies)) as shared:
        assert shared.found() == [number * number for number in range(pieces)]
    done = (tmp_path / "done").read_text().split() if pieces else []
    assert sorted(map(int, done)) == list(range(pieces))


def test_a_copy_takes_pieces_while_this_process_does_something_else() -> None:
    with closing(Shared(lambda _: os.getpid(), 5, 1)) as shared:
        time.sleep(0.3)
        found = shared.found()
    assert len(set(found)) == 1
    assert found[0] != os.getpid()


def test_what_a_copy_has_taken_and_not_done_is_done_here() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != here:
            os._exit(3)
        return number

    with closing(Shared(work, 6, 2)) as shared:
        assert shared.found() == list(range(6))


def test_what_a_piece_raises_is_raised_and_copies_end() -> None:
    def work(number: int) -> float:
        return 1 / (number - 2)

    with closing(Shared(work, 5, 1)) as shared, pytest.raises(ZeroDivisionError):
        shared.found()


def test_it_can_be_closed_before_anybody_asks() -> None:
    shared = Shared(lambda number: number, 3, 2)
    shared.close()
    shared.close()
