"""The databases for which the query is written; it needs no library."""

from enum import StrEnum


class Dialect(StrEnum):
    """The databases for which the query is written."""

    DUCKDB = "duckdb"
    SPARK = "spark"
    POSTGRES = "postgres"
    SNOWFLAKE = "snowflake"
    BIGQUERY = "bigquery"
    TRINO = "trino"
