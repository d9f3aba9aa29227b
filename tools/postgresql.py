"""Runs a command beside a private PostgreSQL that is gone afterwards; without a command makes sure that one is there.

usage: postgresql.py [COMMAND …]

The command finds the address in DATABASE_URL, and as PRIVATE_DATABASE_URL for the tests, which look at nothing else: no
database of somebody's own can get into them by accident. The server listens on a socket in a folder of its own, on no
port. Its texts are sorted as German is, other than SQLite sorts them, so that the tests show where that matters.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

SENTENCE = (
    "Für die Tests auf PostgreSQL fehlt PostgreSQL. Bitte einmal ausführen: sudo apt-get install postgresql "
    "– und dann make test wiederholen."
)
NEEDED = ("initdb", "pg_ctl", "postgres")
# Nothing here must survive a power cut.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def installed() -> Path | None:
    """The folder of the server's programs, of the newest version that is whole."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if all((folder / name).exists() for name in NEEDED)), None)


def install_from_debian() -> None:
    """Debian's or Ubuntu's package, where this user may install packages without a password."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and _runs(*prefix, "apt-get", "update", "-qq"):
        _runs(*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "postgresql")


def _runs(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def found() -> Path:
    """The folder of the server's programs, after installing them where needed. Ends with a sentence otherwise."""
    folder = installed()
    if folder is None:
        install_from_debian()
        folder = installed()
    if folder is None:
        sys.exit(SENTENCE)
    return folder


def owner() -> pwd.struct_passwd:
    """Whom the server runs as: this user; for root, whom PostgreSQL refuses, somebody with fewer rights."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    known = {one.pw_name: one for one in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """A new server; its address. Stopped and removed whatever happens."""
    user = owner()
    # Not TMPDIR: its path may be closed to that user, and the path of a socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="brueckenschlag-pg-", dir="/tmp"))
    os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        _run(user, folder, str(programs / "initdb"), *_locale(programs), f"--pgdata={folder}/data")
        control = [str(programs / "pg_ctl"), f"--pgdata={folder}/data", "--wait", "--silent"]
        _run(
            user, folder, *control, "start", f"--log={folder}/log", f"--options=-k {folder} -c listen_addresses= {FAST}"
        )
        try:
            yield f"postgresql:///postgres?host={folder}&user=brueckenschlag"
        finally:
            _run(user, folder, *control, "stop", "--mode=immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _locale(programs: Path) -> list[str]:
    version = subprocess.run([programs / "initdb", "--version"], check=True, capture_output=True, text=True).stdout
    fixed = ["--username=brueckenschlag", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C"]
    number = re.search(r"\d+", version)
    return [*fixed, "--locale-provider=icu", "--icu-locale=de"] if number and int(number[0]) >= 15 else fixed


def _run(user: pwd.struct_passwd, folder: Path, *command: str) -> None:
    """Runs one of the server's programs as that user; ends with what it said when it fails."""
    as_user = {} if user.pw_uid == os.geteuid() else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    # Into a file: the server goes on after pg_ctl has ended and would keep a pipe open.
    with (folder / "said").open("w+", encoding="utf-8") as said:
        ended = subprocess.run(command, cwd=folder, stdout=said, stderr=said, check=False, **as_user)
        if ended.returncode:
            said.seek(0)
            log = folder / "log"
            sys.exit(f"{command[0]} ging nicht:\n{said.read()}{log.read_text() if log.exists() else ''}")


def _stopped(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)


def main() -> int:
    """The command's own exit code."""
    programs = found()
    command = sys.argv[1:]
    if not command:
        print(f"PostgreSQL: {programs}")
        return 0
    signal.signal(signal.SIGTERM, _stopped)  # the server must be stopped then, too
    with running(programs) as address:
        environment = os.environ | {"DATABASE_URL": address, "PRIVATE_DATABASE_URL": address}
        process = subprocess.Popen(command, env=environment)
        try:
            return process.wait()
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
