"""SCORE: Plan and answers to values, results and reasons."""

from typing import Literal

EngineName = Literal["duckdb", "spark", "reference"]
"""What `batch --engine` offers."""
