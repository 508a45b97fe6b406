"""What a session of Spark is started with."""

from typing import Final

_OPTIMIZER: Final = "org.apache.spark.sql.catalyst.optimizer"
_SOURCES: Final = "org.apache.spark.sql.execution.datasources"

OPTIONS: Final = {
    "spark.sql.caseSensitive": "true",  # headers may differ in the case of letters alone
    "spark.sql.ansi.enabled": "true",  # what cannot be is an error, never a silent NULL
    "spark.sql.session.timeZone": "UTC",
    # Each stage of a query is compiled by itself. Together they are longer than a method of Java
    # may be, and Spark would fall back to reading them node by node for every row.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.subexpressionElimination.enabled": "false",  # what is read twice has a name already
    # These passes find nothing in such a query, and take seconds to see so.
    "spark.sql.constraintPropagation.enabled": "false",  # of what is never NULL, time alone
    "spark.sql.optimizer.excludedRules": ",".join(
        [
            f"{_OPTIMIZER}.CollapseProject",  # it could write the stages into each other, too
            f"{_OPTIMIZER}.PushDownPredicates",  # so could it, below a condition on results
            f"{_OPTIMIZER}.ReorderAssociativeOperator",
            f"{_SOURCES}.SchemaPruning",
            f"{_SOURCES}.PruneFileSourcePartitions",
        ]
    ),
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
"""What a session is started with. `docs/decisions/0011-other-engines.md` tells what each brings."""
