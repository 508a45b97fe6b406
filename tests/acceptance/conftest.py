"""What acceptance tests of portfolios share."""

from pathlib import Path

import pytest
from tests.making.batch_model import MADE
from tests.making.rows import USUAL
from tests.making.written import write_models

from maturity.api.models import Models


@pytest.fixture(scope="session")
def small_rubric(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small model of `tests.making.batch_model`, in files."""
    return write_models(tmp_path_factory.mktemp("own"), MADE)


@pytest.fixture
def small_model(monkeypatch: pytest.MonkeyPatch, small_rubric: Path) -> None:
    """Runs of one process share what they have read of models, and score by the small one."""
    once = Models()
    monkeypatch.setattr("maturity.api.portfolio.context.Models", lambda: once)
    monkeypatch.setattr("maturity.api.portfolio.running.Models", lambda: once)
    monkeypatch.setitem(USUAL, "rubric", str(small_rubric))
