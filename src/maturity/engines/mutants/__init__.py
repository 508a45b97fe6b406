"""Small changes to a rubric, and which of them its worked cases notice."""

from maturity.engines.mutants.making import Mutant, mutants_of
from maturity.engines.mutants.trying import Hunted, hunt

__all__ = ["Hunted", "Mutant", "hunt", "mutants_of"]
