"""SCORE: Plan and answers to values, results and reasons."""
