"""Write a message to people of many cases and stop for ever in the middle, and say so: for a test that kills this."""

import os
import sys
import time

import django


def main(organisation: int, stop_at: int) -> None:
    django.setup()
    from checklists.firms.board.bulk import messages
    from checklists.models import Membership

    written, write = 0, messages.write_message

    def write_and_stop(**given):
        nonlocal written
        write(**given)
        written += 1
        if written == stop_at:
            print("here", flush=True)  # noqa: T201
            time.sleep(600)

    messages.write_message = write_and_stop
    membership = Membership.objects.get(organisation=organisation, role="owner")
    messages.write_to_all(membership=membership, cases=list(membership.organisation.cases.all()), text="Hello {client}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relocation.settings")
    main(int(sys.argv[1]), int(sys.argv[2]))
