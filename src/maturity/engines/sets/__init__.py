"""The set engine over whole portfolios: tables as they come -> results, twins, what is counted.

Everything here is a sqlglot tree over relations, and a function of its arguments; what runs the
trees is a `Runner` (DuckDB, or a cluster). docs/decisions/0013-portfolios-by-sets.md
"""
