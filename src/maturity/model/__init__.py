"""NOUNS: questionnaire, rubric, city, state, result, report. Frozen; no input or output."""
