"""Profiles of Hypothesis, the same in every run; tests that coverage need not trace."""

import gc
import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

gc.set_threshold(100_000, 50, 100)  # as the program does: models are many objects that stay


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """A test marked `untraced` runs at full speed; pytest-cov's mark does nothing in a worker."""
    tracer = sys.gettrace()
    if item.get_closest_marker("untraced") is not None:
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)
