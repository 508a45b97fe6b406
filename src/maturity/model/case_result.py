"""What came of worked cases."""

from dataclasses import dataclass

from maturity.model.cases import Expected
from maturity.model.flat import FlatValue


@dataclass(frozen=True, slots=True)
class CaseFailure:
    """One expectation that does not hold. `known` is false where no value has this key."""

    key: str
    expected: Expected
    got: FlatValue
    known: bool = True


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One case: the keys that it pins, and the expectations that failed, in the case's order."""

    name: str
    keys: tuple[str, ...]
    failures: tuple[CaseFailure, ...]

    @property
    def passed(self) -> bool:
        """Every expectation holds."""
        return not self.failures
