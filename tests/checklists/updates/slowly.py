"""Tell everybody one at a time, stop for ever at one of them, and say so: for a test that kills this process."""

import os
import sys
import time

import django


def main(stop_at: int, where: str) -> None:
    django.setup()
    from checklists.updates import rollouts

    rollouts.PLANNED = 1
    told, tell = 0, rollouts.Work._tell

    def stop():
        print("here", flush=True)  # noqa: T201
        time.sleep(600)

    def tell_slowly(self, affected):
        nonlocal told
        if told == stop_at and where == "between":
            stop()
        count = tell(self, affected)
        told += count
        # The notice is written, and the transaction is still open.
        if told == stop_at and where == "inside":
            stop()
        return count

    rollouts.Work._tell = tell_slowly
    rollouts.tell_everybody()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relocation.settings")
    main(int(sys.argv[1]), sys.argv[2])
