"""A PostgreSQL server for the tests alone: in a folder of its own, reached by a socket there."""

import os
import pwd
import resource
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import psycopg

USER: Final = "maturity"
MEMORY: Final = 4 << 30
"""Bytes that a process of the server may take: a query that grows without end fails instead."""

READY: Final = 60.0
"""Seconds that the server may take to start on a busy machine."""


@contextmanager
def server() -> Iterator["psycopg.Connection"]:
    """A connection to a new server, which is stopped and removed in the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        owner = _owner()
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        arguments = ["--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C"]
        _started(["initdb", "--no-sync", *arguments, f"{folder}/data"], folder).communicate()
        options = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": "off"}
        listed = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        process = _started(["postgres", "-D", f"{folder}/data", *listed], folder)
        try:
            with _connected(folder, process) as connection:
                yield connection
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=READY)
    finally:
        shutil.rmtree(folder)


def run(
    connection: "psycopg.Connection",
    text: str,
    rows: Sequence[Mapping[str, str | None]],
    table: str,
) -> list[tuple[object, ...]]:
    """What a query gives over a table of these rows, in their order."""
    from psycopg import sql  # noqa: PLC0415 - make engines alone needs it

    headers = list(rows[0])
    named, name = sql.SQL(", ").join(map(sql.Identifier, headers)), sql.Identifier(table)
    kinds = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(one)) for one in headers)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(name))
        cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(name, kinds))
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(name, named)) as copy:
            for row in rows:
                copy.write_row([row[one] for one in headers])
        return cursor.execute(text.encode()).fetchall()


def _owner() -> pwd.struct_passwd:
    """Who runs the server: whoever runs the tests, but never root, which it refuses."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _started(command: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    owner = _owner() if os.geteuid() == 0 else None
    return subprocess.Popen(
        [str(_binaries() / command[0]), *command[1:]],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=owner and owner.pw_uid,
        group=owner and owner.pw_gid,
        extra_groups=[] if owner else None,
        preexec_fn=_bounded,  # noqa: PLW1509 - no threads run yet
    )


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _binaries() -> Path:
    """The folder of the newest server: Debian's, or the one on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    named = shutil.which("initdb")
    assert found or named, "no PostgreSQL server: apt-get install postgresql"
    return found[-1].parent if found else Path(str(named)).resolve().parent


def _connected(folder: Path, process: "subprocess.Popen[bytes]") -> "psycopg.Connection":
    import psycopg  # noqa: PLC0415 - make engines alone needs it

    end = time.monotonic() + READY
    while True:
        try:
            return psycopg.connect(host=str(folder), user=USER, dbname="postgres", autocommit=True)
        except psycopg.OperationalError:
            assert process.poll() is None, "the PostgreSQL server has ended"
            assert time.monotonic() < end, "the PostgreSQL server does not answer"
            time.sleep(0.1)
