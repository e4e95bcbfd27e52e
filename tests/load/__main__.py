"""``make load``: see the package. Exit status 1 if anything went wrong; slow is not wrong."""

import argparse
import sys

from .clusters import binaries
from .drills import in_the_long_run, under_load
from .failover import primary_dies


def main() -> None:
    parser = argparse.ArgumentParser(prog="make load", description="ARGS=… takes these options.")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--memory", action="store_true", help="one worker in the long run, in place of many visitors")
    kind.add_argument("--replica", action="store_true", help="two web hosts, and a primary that dies")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--workers", type=int, default=3, help="of each web host")
    asked = parser.parse_args()
    if binaries() is None:
        parser.exit(2, "PostgreSQL is not installed.\n")
    if asked.memory:
        sys.exit(not in_the_long_run())
    drill = primary_dies if asked.replica else under_load
    sys.exit(not drill(seconds=asked.seconds, connections=asked.connections, workers=asked.workers))


if __name__ == "__main__":
    main()
