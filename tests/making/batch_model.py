"""The model by which portfolios are scored in tests: small, with all that a rubric can have."""

from tests.making.models import models_of

MADE = models_of(19, questions=9)
