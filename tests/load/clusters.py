"""PostgreSQL clusters that end with a test: a primary, and a replica that follows it."""

import os
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import urlencode

NAME = "relocation"
# A cluster for a short time; what is written is flushed to the disk as on a real one.
SETTINGS = {"listen_addresses": "", "shared_buffers": "64MB", "max_connections": "60", "wal_keep_size": "64MB"}
REPLICA = "replica"
# Who hears "saved" may rely on it though the primary dies, and a reader of the replica sees it already.
SYNCHRONOUS = {"synchronous_standby_names": REPLICA, "synchronous_commit": "remote_apply"}


def binaries() -> Path | None:
    """The folder with the programs of the newest PostgreSQL on this machine, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parent.parent.name))
    if found:
        return found[-1].parent
    program = shutil.which("initdb")
    return Path(program).resolve().parent if program else None


def address(*clusters: "Cluster", **options: str) -> str:
    """The DATABASE_URL of the first of these clusters that can be reached and is as ``options`` of libpq ask."""
    hosts = ",".join(str(cluster.sockets) for cluster in clusters)
    ports = ",".join(str(cluster.port) for cluster in clusters)
    return f"postgres://postgres@/{NAME}?{urlencode({'host': hosts, 'port': ports, **options}, safe='/,')}"


class Cluster:
    """One server of PostgreSQL below ``folder``, which others may enter; ``port`` names its socket, none is opened."""

    def __init__(self, folder: Path, port: int):
        self.data, self.sockets, self.port = folder / f"cluster-{port}", folder / "sockets", port
        for path in (self.data, self.sockets):
            path.mkdir(mode=0o700, exist_ok=True)
            if os.geteuid() == 0:
                shutil.chown(path, "postgres")

    def make(self) -> None:
        """An empty database."""
        _run("initdb", "--pgdata", self.data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
        self._configure(SETTINGS)
        self.start()
        self.sql(f"CREATE DATABASE {NAME}", database="postgres")

    def follow(self, primary: "Cluster") -> None:
        """Become a replica of the primary, and have it wait with each answer until it is written here as well."""
        source = f"host={primary.sockets} port={primary.port} user=postgres application_name={REPLICA}"
        _run("pg_basebackup", "--pgdata", self.data, "--write-recovery-conf", "--checkpoint=fast", "--dbname", source)
        self.start()
        for name, value in SYNCHRONOUS.items():
            primary.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        primary.sql("SELECT pg_reload_conf()")
        while primary.sql("SELECT sync_state FROM pg_stat_replication") != "sync":
            time.sleep(0.1)

    def start(self) -> None:
        options = f"-c unix_socket_directories={self.sockets} -c port={self.port}"
        log = self.data / "server.log"
        _run("pg_ctl", "--pgdata", self.data, "--wait", "--silent", "--log", log, "--options", options, "start")

    def kill(self) -> None:
        """As if the machine were gone: nothing is flushed, nobody is told."""
        _run("pg_ctl", "--pgdata", self.data, "--mode=immediate", "--silent", "stop")

    def promote(self) -> None:
        """Become the primary, alone: nobody is left to wait for."""
        _run("pg_ctl", "--pgdata", self.data, "--wait", "--silent", "promote")

    def sql(self, statement: str, database: str = NAME) -> str:
        """What a statement outputs, as plain text."""
        where = ("--host", self.sockets, "--port", self.port, "--username=postgres", "--dbname", database)
        return _run("psql", "--no-psqlrc", "--tuples-only", "--no-align", "--quiet", *where, "--command", statement)

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.kill()

    def _configure(self, settings: dict[str, str]) -> None:
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())


def _run(program: str, *arguments: object) -> str:
    """PostgreSQL refuses to run as root; it then gets the account that its package made."""
    folder = binaries()
    assert folder, "PostgreSQL is not installed."
    command = [str(folder / program), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = done.stdout.decode(errors="replace").strip()
    if done.returncode:
        raise RuntimeError(f"{program}: {text}")
    return text
