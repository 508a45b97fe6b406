"""Profiles of Hypothesis: the same examples in every run of CI, and never a deadline."""

import gc
import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

gc.set_threshold(100_000, 50, 100)  # as the program does: models are many objects that stay
