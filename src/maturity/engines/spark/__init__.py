"""The set engine run by Apache Spark."""
