"""An own PostgreSQL server for one test run: made in a temporary folder, reached by a socket, gone afterwards."""

import contextlib
import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

OPTIONS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "max_parallel_workers": "0",
}


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine, or None."""
    debian = [Path(found).parent for found in glob.glob("/usr/lib/postgresql/*/bin/initdb")]
    if debian:
        return max(debian, key=lambda folder: float(folder.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def _unprivileged(folder: str) -> dict[str, object]:
    """Return how to start processes as somebody who is not root (the server refuses root), and give them the folder."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    person = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, person.pw_uid, person.pw_gid)
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Run a server while the block lasts and yield the DATABASE_URL of a database on it.

    :raises LookupError: when no PostgreSQL server is installed
    """
    where = programs()
    if where is None:
        raise LookupError("PostgreSQL not found: apt-get install postgresql")
    folder = tempfile.mkdtemp(prefix="pg-", dir="/tmp")  # a socket's path has to stay below 107 bytes
    as_whom = _unprivileged(folder)
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": folder, "LC_ALL": "C.UTF-8"}

    def run(program: str, *arguments: str) -> None:
        log = Path(folder, "setup.log")
        with log.open("ab") as output:  # a pipe would be inherited by the server and never close
            subprocess.run(
                [str(where / program), *arguments],
                check=True,
                cwd=folder,
                env=environment,
                stdout=output,
                stderr=output,
                **as_whom,
            )

    settings = " ".join(f"-c {key}={value}" for key, value in OPTIONS.items())
    try:
        run(
            "initdb",
            "-D",
            f"{folder}/data",
            "-U",
            "rantau",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        options = f"{settings} -c unix_socket_directories={folder}"
        run("pg_ctl", "-s", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log", "-o", options, "start")
        yield f"postgresql://rantau@{quote(folder, safe='')}/rantau"
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            run("pg_ctl", "-s", "-D", f"{folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
