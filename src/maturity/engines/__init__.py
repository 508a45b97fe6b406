"""SCORE: Plan and answers to values, results and reasons."""

from typing import Literal

EngineName = Literal["duckdb", "reference"]
"""What `batch --engine` offers."""
