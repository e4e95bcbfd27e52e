"""Binary decision diagrams: the C library where it is installed, else the one in Python.

The C library wants every function gone before its manager; so no function may be held in a cycle of references.
"""

from collections.abc import Callable, Iterable
from functools import reduce
from math import inf
from operator import and_, or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # What mypy knows of both. A Function is one of boolean variables, with the operators &, | and ~.
    from dd.autoref import BDD, Function
else:
    BDD = Function = object

__all__ = ["BDD", "Function", "all_of", "any_of", "cheapest", "diagrams"]

# What it may use before it minds; without it, a machine with less than a gigabyte is refused.
MEMORY = 2**28


def diagrams() -> BDD:
    """A manager whose variables keep the order in which they are declared, so that results are the same everywhere."""
    manager: BDD
    # Either brings 20 MB of other packages, for the checks of editors: not for every process that serves readers.
    try:
        from dd.cudd import BDD as CompiledBDD

        manager = CompiledBDD(memory_estimate=MEMORY)
    except ImportError:  # no compiled wheel for this platform: slower, and the same results
        from dd.autoref import BDD as PythonBDD

        manager = PythonBDD()
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
    costs: dict[Function, float] = {manager.true: 0, manager.false: inf}
    if _cost(function, price, costs) == inf:
        return None
    chosen: dict[str, bool] = {}
    while function != manager.true:
        name, low, high = _branches(function)
        chosen[name] = costs[low] > costs[function]
        function = high if chosen[name] else low
    return chosen


def _cost(node: Function, price: Callable[[str], int], costs: dict[Function, float]) -> float:
    """The least price of making ``node`` true, infinite where nothing does; what is known is kept in ``costs``."""
    if node not in costs:
        name, low, high = _branches(node)
        costs[node] = min(_cost(low, price, costs), _cost(high, price, costs) + price(name))
    return costs[node]


def _branches(node: Function) -> tuple[str, Function, Function]:
    """The first variable of a function, and what is left of it when that is false, and when it is true."""
    name, low, high = node.var, node.low, node.high
    assert name is not None and low is not None and high is not None, "A constant has no variable."
    return (name, ~low, ~high) if node.negated else (name, low, high)
