"""Two web hosts, a primary and a replica: the primary dies under load, the replica takes its place, nothing is lost."""

import threading
import time

from django.db import connections as connections_of_django

from .browser import Answer
from .clusters import Cluster, address
from .content import Content, fill
from .drills import problems, together, told
from .figures import Figures
from .hosts import Host
from .surroundings import as_in_production, database, folder
from .visitor import Visitor
from .writes import count, lost

PRIMARY_PORT, REPLICA_PORT = 5432, 5433
# Whoever watches the primary notices so many seconds after its death, and the hosts must be well so long after that.
NOTICED, RECOVERED = 3, 30
FOR_EVERYBODY = ("/guides/spain/empadronamiento/", "/search/?q=padron", "/open-data/catalogue.json", "/open-data/")


class Outage(Figures):
    """Errors between the death of the primary and ``RECOVERED`` seconds after the promotion are counted apart."""

    def __init__(self):
        super().__init__()
        self.died = self.promoted = self.first_saved = self.last_refused = 0.0
        self.refused = 0

    def record(self, page: str, answer: Answer) -> None:
        now = time.monotonic()
        began = now - answer.ms / 1000
        if answer.status == 302 and self.promoted and began > self.died and not self.first_saved:
            self.first_saved = now
        if self.died and (not self.promoted or began < self.promoted + RECOVERED) and answer.status in (0, 500, 503):
            self.refused, self.last_refused = self.refused + 1, now
        else:
            super().record(page, answer)


class Reader(Visitor):
    """Somebody without a checklist who reads what is there for everybody."""

    def step(self) -> None:
        self._get("for everybody", self.random.choice(FOR_EVERYBODY))
        time.sleep(0.2)


def primary_dies(*, seconds: float, connections: int, workers: int) -> bool:
    """Half of the visitors on each host; the primary dies after a third of the time. Whether nothing went wrong."""
    with folder() as place, database(place, PRIMARY_PORT) as primary, database(place, REPLICA_PORT) as replica:
        primary.make()
        as_in_production(place, primary, replica)
        content = fill()
        replica.follow(primary)
        readable = address(replica, primary, target_session_attrs="prefer-standby", connect_timeout="3")
        hosts: list[Host] = []
        try:
            for name in ("web-1", "web-2"):
                hosts.append(Host(place, name, {"DATABASE_REPLICA_URL": readable}, workers))
            return _drill(hosts, primary, replica, content, seconds, connections)
        finally:
            for host in hosts:
                host.stop()


def _drill(
    hosts: list[Host], primary: Cluster, replica: Cluster, content: Content, seconds: float, connections: int
) -> bool:
    outage, public = Outage(), Figures()
    ports = [host.port for host in hosts]
    visitors = [Visitor(each, ports[each % 2], content, outage.record) for each in range(connections)]
    readers = [Reader(1000 + each, port, content, public.record) for each, port in enumerate(ports)]
    ends = time.monotonic() + seconds

    def change_over() -> None:
        time.sleep(seconds / 3)
        primary.kill()
        outage.died = time.monotonic()
        time.sleep(NOTICED)
        replica.promote()
        outage.promoted = time.monotonic()

    operator = threading.Thread(target=change_over)
    operator.start()
    together([*visitors, *readers], lambda: time.monotonic() < ends)
    operator.join()
    # This process was connected to the primary as well.
    connections_of_django.close_all()
    saved = [visitor.saved for visitor in visitors]
    missing = lost(saved)
    print(f"{outage.count} requests of visitors in {seconds:.0f} s, {connections} at a time, on {len(hosts)} hosts")
    print(outage.table())
    print(public.table().partition("\n")[2])
    print(f"the primary died; {outage.promoted - outage.died:.1f} s later the replica was promoted")
    print(
        f"first saved again {outage.first_saved - outage.promoted:.1f} s after that, {outage.refused} requests refused,"
    )
    print(
        f"the last {outage.last_refused - outage.promoted:.1f} s after the promotion; nobody who only read: see errors"
    )
    print(f"{count(saved)} times saved, lost: {len(missing)}")
    never = [] if outage.first_saved else ["nothing could be saved any more"]
    return told([*never, *missing, *problems(outage), *problems(public)])
