"""Properties try the same lines thousands of times: that these are reached is counted elsewhere."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
TRACED = {"test_portfolios", "test_proofs", "test_set_engine", "test_suggestions"}
"""These are the tests of lines that few others reach."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Most are not traced: it would more than double the time."""
    for item in items:
        if HERE in item.path.parents and item.path.stem not in TRACED:
            item.add_marker(pytest.mark.untraced)
