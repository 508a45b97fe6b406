"""What the constructs of a rubric are lowered to: named values, in the order of their stages."""

from typing import TypeAlias

from maturity.rules.expr import Node

Lowered: TypeAlias = dict[str, Node]
"""Named values by key; each reads only values named before it.

Keys: `condition.<id>`, `score.<id>`, `ladder.<id>.<level>`, `decision.<id>.<row>`,
`check.<id>.<status>`, `flag.<id>`, `watch.<id>`, `recommendation.<id>`; with `?` in place of the
last dot, a row's own condition, before "no row above it holds" is added.
"""
