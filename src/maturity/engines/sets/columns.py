"""The columns of tables of results, as far as those of the rows tell them."""

from collections.abc import Container, Iterable

from maturity.engines.sets import names
from maturity.engines.sql.columns import Column
from maturity.engines.sql.outputs import outputs_of
from maturity.model.bundle import Bundle
from maturity.model.city import SIDES
from maturity.model.flat import flat_order, labels_of


def passed_on(columns: Iterable[str], bundle: Bundle) -> dict[str, str]:
    """The columns that are passed on, each with its name in the results, in order of name."""
    passed = [names.name_of_carried(one) for one in columns if names.is_carried(one)]
    labels = labels_of(passed, (*names.FACTS, *flat_order(bundle)))
    return {names.carried(one): label for one, label in labels.items()}


def columns_told(columns: Iterable[str], bundle: Bundle) -> tuple[Column, ...]:
    """The columns that results have of rows with these columns, as `results_of` makes them."""
    there = set(columns)
    outputs = outputs_of(bundle)
    facts = [(names.fact(name), name) for name in names.FACTS]
    passed = passed_on(there, bundle).items()
    told = [Column(name, key, "carried") for key, name in (*facts, *passed)]
    keys = (key for key in flat_order(bundle) if _can_be_told(key, there, bundle))
    return (*told, *(Column(key, key, *outputs[key]) for key in keys))


def is_number(one: Column) -> bool:
    """Whether the values of a column are floating point numbers."""
    return one.kind in ("number", "count") or one.key == names.fact("weight")


def _can_be_told(key: str, there: Container[str], bundle: Bundle) -> bool:
    """Whether the inputs can say something of a key of the flat form."""
    stage, _, name = key.partition(".")
    if stage == "flag" and name.endswith(".severity"):
        return names.JUSTIFIED in there
    if stage == "divergence":
        sides = (names.answered(name, side) for side in SIDES[1:])
        return bundle.shapes[name].kind != "text" and all(one in there for one in sides)
    return True
