"""The whole database in one file, and a proof beside it: what a database must hold that was made from the file.

The proof is JSON: ``engine``, ``made_at``, ``sha256`` of the file, ``tables`` (name: rows), ``edition`` (number and
digest of the newest, or null) and ``histories`` (a firm's slug: the last hash of its history).
"""

import datetime
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg.conninfo import make_conninfo

from checklists.firms.history.verifying import verify
from checklists.models import Organisation
from guides.editions import publishing

NAME = "relocation-{moment:%Y-%m-%d-%H%M%S}.{kind}"
KINDS = {"postgresql": "dump", "sqlite": "sqlite3"}
# What ``migrate`` writes into an empty database.
FROM_THE_START = {
    *("django_migrations", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"),
    *("django_site", "sqlite_sequence"),
}
QUOTED = '"{}"'.format
# What every version of PostgreSQL's programs knows of how to reach a database.
CONNECTION = {
    *("host", "hostaddr", "port", "user", "dbname", "connect_timeout", "options", "passfile", "service"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs"),
}


class BackupError(Exception):
    """What keeps a backup from being made, or from being what it should be, for whoever typed the command."""


def write_backup(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Make a file and its proof in this folder, readable by their owner alone. Both tell of the same moment.

    Whatever runs beside it goes on. Raises BackupError.
    """
    moment = datetime.datetime.now(datetime.UTC)
    file = folder / NAME.format(moment=moment, kind=KINDS[connection.vendor])
    unfinished = file.with_suffix(".part")
    with _readable_by_owner_alone():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            proof = (_dump if connection.vendor == "postgresql" else _copy)(unfinished)
            proof = {"engine": connection.vendor, "made_at": moment.isoformat(), "sha256": _sha256(unfinished), **proof}
            _proof_file(file).write_text(json.dumps(proof, indent=1), encoding="utf-8")
            unfinished.rename(file)
        finally:
            unfinished.unlink(missing_ok=True)
    return file, proof


def load_backup(file: Path, *, replace: bool) -> tuple[dict[str, Any], list[str]]:
    """Make this database what the file holds; the proof, and in words whatever is not as it was proved.

    All of it is done, or nothing. Raises BackupError, also for a database that holds something unless it is to be
    replaced.
    """
    proof = _read_proof(file)
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        filled = sorted(name for name, rows in _count(cursor, tables) if rows and name not in FROM_THE_START)
    if filled and not replace:
        names = ", ".join(filled[:5])
        raise BackupError(f"This database is in use ({names} …). --replace deletes what it holds.")
    if connection.vendor == "postgresql":
        _load_dump(file, tables)
    else:
        with closing(_opened(file)) as copy:
            copy.backup(connection.connection)
    with connection.cursor() as cursor:
        found = _proof(cursor, connection.introspection.table_names(cursor))
    return proof, [*_differences(proof, found), *_faults(proof)]


def of_this_release() -> bool:
    """Whether the tables are those of this release; if not, ``migrate`` makes them so."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def forget_older(folder: Path, days: int) -> int:
    """Delete the backups in this folder that are older than so many days. How many there were."""
    end = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)).timestamp()
    old = [
        file for kind in KINDS.values() for file in folder.glob(f"relocation-*.{kind}") if file.stat().st_mtime < end
    ]
    for file in old:
        file.unlink()
        _proof_file(file).unlink(missing_ok=True)
    return len(old)


def _dump(file: Path) -> dict[str, Any]:
    """By pg_dump, which sees what the proof's transaction sees."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={file}")
        return _proof(cursor, connection.introspection.table_names(cursor))


def _copy(file: Path) -> dict[str, Any]:
    """By SQLite itself, and proved by what the copy says."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
        # One file, without others beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        tables = [name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return _proof(copy.cursor(), [name for name in tables if not name.startswith("sqlite_")])


def _load_dump(file: Path, tables: list[str]) -> None:
    """By psql in one transaction, from a text that is whole: a dump that breaks off leaves everything as it is."""
    connection.ensure_connection()
    with tempfile.TemporaryDirectory() as folder:
        text, first = Path(folder, "all.sql"), Path(folder, "first.sql")
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={text}", str(file), at_database=False)
        drop = f"DROP TABLE {', '.join(map(QUOTED, tables))} CASCADE;" if tables else ""
        # Whoever works on the site holds locks: then this gives up, and nothing has changed.
        first.write_text(f"SET LOCAL lock_timeout = '10s';\n{drop}\n", encoding="utf-8")
        script = ("--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
        _run("psql", *script, f"--file={first}", f"--file={text}")
    connection.close()


def _run(program: str, *arguments: str, at_database: bool = True) -> None:
    """Run a program of PostgreSQL's. Raises BackupError with the end of what it said."""
    found = shutil.which(program)
    if not found:
        raise BackupError(f"{program} is not installed (Debian: postgresql-client).")
    info = connection.connection.info
    known = {name: value for name, value in info.get_parameters().items() if name in CONNECTION}
    where = [f"--dbname={make_conninfo(**known)}"] if at_database else []
    done = subprocess.run(
        [found, *where, *arguments], env={**os.environ, "PGPASSWORD": info.password}, capture_output=True, check=False
    )
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise BackupError(f"{program} failed, and nothing was changed: {' '.join(told[-3:])}")


def _proof(cursor, tables: Iterable[str]) -> dict[str, Any]:
    """Without Django's models: the tables may be those of another release."""
    cursor.execute("SELECT number, digest FROM guides_edition ORDER BY number DESC LIMIT 1")
    edition = cursor.fetchone()
    cursor.execute("SELECT slug, history_head FROM checklists_organisation ORDER BY slug")
    histories = dict(cursor.fetchall())
    counts = dict(_count(cursor, sorted(tables)))
    return {"tables": counts, "edition": list(edition) if edition else None, "histories": histories}


def _count(cursor, tables: Iterable[str]) -> Iterator[tuple[str, int]]:
    for name in tables:
        cursor.execute(f"SELECT COUNT(*) FROM {QUOTED(name)}")
        yield name, cursor.fetchone()[0]


def _read_proof(file: Path) -> dict[str, Any]:
    """Of a file that is as it was written, for a database of this kind. Raises BackupError."""
    try:
        proof: dict[str, Any] = json.loads(_proof_file(file).read_text(encoding="utf-8"))
        digest = _sha256(file)
    except (OSError, ValueError) as error:
        raise BackupError(f"A backup is a file and its proof ({_proof_file(file).name}): {error}") from None
    if digest != proof["sha256"]:
        raise BackupError(f"{file.name} is not what was written: it was cut or changed.")
    if proof["engine"] != connection.vendor:
        raise BackupError(f"{file.name} is of {proof['engine']}, and this database is {connection.vendor}.")
    return proof


def _opened(file: Path) -> sqlite3.Connection:
    connection.ensure_connection()
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _differences(proof: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    for name in sorted({*proof["tables"], *found["tables"]}):
        before, now = (rows.get(name) for rows in (proof["tables"], found["tables"]))
        if before != now:
            yield f"{name} has {now} rows in place of {before}"
    for what in ("edition", "histories"):
        if proof[what] != found[what]:
            yield f"{what}: {found[what]} in place of {proof[what]}"


def _faults(proof: dict[str, Any]) -> Iterator[str]:
    """What this release finds when it reads them; an older one's tables it cannot read yet."""
    if not of_this_release():
        return
    for organisation in Organisation.objects.order_by("slug"):
        verdict = verify(organisation)
        if verdict.broken is not None:
            yield f"the history of {organisation.slug} is broken at entry {verdict.broken}: {verdict.why}"
    publishing.forget()
    newest, served = (proof["edition"] or [0])[0], publishing.edition_number()
    if served != newest:
        yield f"edition {newest} cannot be read, {served or 'none'} is served"


def _proof_file(file: Path) -> Path:
    return file.with_suffix(".json")


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@contextmanager
def _readable_by_owner_alone() -> Iterator[None]:
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
