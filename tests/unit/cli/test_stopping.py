"""Ctrl-C that a library swallows, or tells as an error of its own, still ends the work."""

import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from maturity.cli.stopping import stoppable


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    """Ctrl-C means what it usually does."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_what_was_swallowed_ends_the_work_at_the_next_look() -> None:
    def work() -> None:
        with stoppable() as look:
            look()
            with suppress(KeyboardInterrupt):
                signal.raise_signal(signal.SIGINT)
            look()
            pytest.fail("it goes on")

    with pytest.raises(KeyboardInterrupt):
        work()


def test_an_error_that_is_made_of_it_is_none() -> None:
    def work() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as error:
            raise ValueError("not finished") from error

    with pytest.raises(KeyboardInterrupt), stoppable():
        work()


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(ValueError, match="mine"), stoppable():
        raise ValueError("mine")


def test_what_held_before_holds_again() -> None:
    with stoppable():
        assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_who_ignores_it_goes_on_ignoring_it() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with stoppable() as look:
        signal.raise_signal(signal.SIGINT)
        look()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
