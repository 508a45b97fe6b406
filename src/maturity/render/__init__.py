"""RENDER: a report to text; the table of formats."""
