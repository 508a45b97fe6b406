"""What worked cases must keep beside their models."""

from maturity.base.diagnostics import Diagnostic
from maturity.base.places import Places
from maturity.model.bundle import Bundle
from maturity.model.cases import Cases


def check_cases(cases: Cases, places: Places, bundle: Bundle) -> list[Diagnostic]:
    """Every fault of a file of cases, sorted by place."""
    return []
