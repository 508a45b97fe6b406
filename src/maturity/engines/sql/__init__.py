"""A rubric as one SQL query over a table of answers (docs/decisions/0007-sql-engine.md).

`query.query_for` is the way in. sqlglot builds the tree and quotes every name and literal.
"""
