"""Binary decision diagrams: the C library where it is installed, else the one in Python.

The C library wants every function gone before its manager; so no function may be held in a cycle of references.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from operator import and_, or_
from typing import Any

try:
    from dd.cudd import BDD

    # What it may use before it minds; without it, a machine with less than a gigabyte is refused.
    SIZE = {"memory_estimate": 2**28}
except ImportError:  # no compiled wheel for this platform: slower, and the same results
    from dd.autoref import BDD

    SIZE = {}

# A function of boolean variables, with the operators &, | and ~.
Function = Any


def diagrams() -> BDD:
    """A manager whose variables keep the order in which they are declared, so that results are the same everywhere."""
    manager = BDD(**SIZE)
    manager.configure(reordering=False)
    return manager


def all_of(manager: BDD, functions: Iterable[Function]) -> Function:
    return reduce(and_, functions, manager.true)


def any_of(manager: BDD, functions: Iterable[Function]) -> Function:
    return reduce(or_, functions, manager.false)


def cheapest(manager: BDD, function: Function, price: Callable[[str], int]) -> dict[str, bool] | None:
    """The variables that must be set to make ``function`` true at the least price; None where nothing makes it true.

    ``price`` is what a variable costs when it is true. Variables that do not matter are left out.
    """
    costs: dict[Function, int | None] = {manager.true: 0, manager.false: None}
    if _cost(function, price, costs) is None:
        return None
    chosen: dict[str, bool] = {}
    while function != manager.true:
        low, high = _children(function)
        chosen[function.var] = costs[low] is None or costs[low] > costs[function]
        function = high if chosen[function.var] else low
    return chosen


def _cost(node: Function, price: Callable[[str], int], costs: dict[Function, int | None]) -> int | None:
    """The least price of making ``node`` true; what is known already is kept in ``costs``."""
    if node not in costs:
        low, high = (_cost(child, price, costs) for child in _children(node))
        ways = [] if low is None else [low]
        costs[node] = min(ways if high is None else [*ways, high + price(node.var)], default=None)
    return costs[node]


def _children(node: Function) -> tuple[Function, Function]:
    """What is left of a function when its first variable is false, and when it is true."""
    return (~node.low, ~node.high) if node.negated else (node.low, node.high)
