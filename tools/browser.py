"""Makes sure that a Chromium is there for the browser tests, and says where; never skips silently."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

SENTENCE = (
    "Für die Browser-Tests fehlt Chromium. Bitte einmal ausführen: sudo apt-get install chromium "
    "(oder CHROMIUM=/pfad/zu/chromium setzen) – und dann make test wiederholen."
)


def installed() -> str | None:
    """Path of a Chromium or Chrome on this machine, or of Playwright's own download."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        found = shutil.which(name)
        if found:
            return found
    caches = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache/ms-playwright"))
    return next((str(path) for path in sorted(caches.glob("chromium-*/chrome-linux*/chrome"))), None)


def run(*command: str) -> bool:
    """Whether the command could be started and ended well."""
    try:
        return subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def install_from_debian() -> None:
    """Debian's or Ubuntu's package, where this user may install packages without a password."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and run(*prefix, "apt-get", "update", "-qq"):
        run(*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "chromium")


def main() -> int:
    """Finds or installs; 0 with the path on standard output, 1 with a sentence that says what to do."""
    for step in (
        lambda: None,
        install_from_debian,
        lambda: run(sys.executable, "-m", "playwright", "install", "chromium"),
    ):
        step()
        found = installed()
        if found:
            print(f"Chromium: {found}")
            return 0
    print(SENTENCE, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
