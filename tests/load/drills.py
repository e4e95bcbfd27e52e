"""Many visitors at a time, and what a worker takes in the long run."""

import threading
import time
from collections.abc import Callable, Iterable

from .clusters import NAME
from .content import fill
from .figures import Figures
from .hosts import Host
from .surroundings import as_in_production, database, folder
from .visitor import Visitor
from .writes import count, lost

PORT = 5432
# No more than so many requests, however fast the machine is.
MOST_REQUESTS = 100_000
TICKS, VISITORS = 3000, 300


def under_load(*, seconds: float, connections: int, workers: int) -> bool:
    """So many visitors do one thing after the other, without a pause. Whether nothing went wrong."""
    with folder() as place, database(place, PORT) as cluster:
        cluster.make()
        as_in_production(place, cluster)
        content, alone, figures = fill(), Figures(), Figures()
        host = Host(place, "web", {}, workers)
        try:
            every_page_once(Visitor(0, host.port, content, alone.record))
            visitors = [Visitor(number, host.port, content, figures.record) for number in range(1, connections + 1)]
            ends = time.monotonic() + seconds
            together(visitors, lambda: time.monotonic() < ends and figures.count < MOST_REQUESTS)
            missing = lost(visitor.saved for visitor in visitors)
            print(f"{figures.count} requests in {seconds:.0f} s, {connections} at a time, {workers} workers")
            print(figures.table())
            print(f"memory of the workers: {_memory(host)}")
            print(f"database: {cluster.sql(f'SELECT pg_size_pretty(pg_database_size({NAME!r}))')}")
            print(f"{count(visitor.saved for visitor in visitors)} times saved, lost: {len(missing)}")
            return told([*problems(alone), *problems(figures), *missing, *complaints(host)])
        finally:
            host.stop()


def in_the_long_run(*, ticks: int = TICKS, visitors: int = VISITORS) -> bool:
    """One worker's memory after many states of one checklist and after many lists. Whether nothing went wrong."""
    with folder() as place, database(place, PORT) as cluster:
        cluster.make()
        as_in_production(place, cluster)
        content, figures = fill(), Figures()
        host = Host(place, "web", {}, 1)
        try:
            visitor = Visitor(0, host.port, content, figures.record)
            every_page_once(visitor)
            print(f"every page once: {_memory(host)}")
            for _tick in range(ticks):
                visitor.tick()
            print(f"{ticks} ticks of one visitor: {_memory(host)}")
            for number in range(1, visitors + 1):
                every_page_once(Visitor(number, host.port, content, figures.record))
            print(f"{visitors} visitors with lists of their own: {_memory(host)}")
            print(figures.table())
            return told([*problems(figures), *complaints(host)])
        finally:
            host.stop()


def every_page_once(visitor: Visitor) -> None:
    for step in visitor.steps.values():
        step()


def together(visitors: Iterable[Visitor], going_on: Callable[[], bool]) -> None:
    """Each visitor in a thread, until ``going_on`` says no. An error of a visitor ends the drill with it."""
    failures: list[BaseException] = []

    def visit(visitor: Visitor) -> None:
        try:
            while going_on() and not failures:
                visitor.step()
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=visit, args=[visitor]) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def problems(figures: Figures) -> list[str]:
    return [f"{times} × {error}" for error, times in figures.errors.items()]


def complaints(host: Host) -> list[str]:
    """What a host wrote down of its own errors."""
    return [line for line in host.complaints().splitlines() if " ERROR " in line or "CRITICAL" in line]


def told(found: list[str]) -> bool:
    """Print what went wrong; whether nothing did."""
    print("\n".join(["errors:", *found]) if found else "errors: 0")
    return not found


def _memory(host: Host) -> str:
    """Of each worker, and its part of what the workers share counted once."""
    return ", ".join(
        f"{whole:.0f} MB (own part {part:.0f})" for whole, part in zip(host.memory(), host.own_memory(), strict=True)
    )
