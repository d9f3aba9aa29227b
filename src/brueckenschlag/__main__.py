"""The command line: `python -m brueckenschlag serve`, `… content check`, `… nightly` and Django's own."""

import os
import sys

from .configuration import SettingsError


def main() -> None:
    """Runs one command; wrong settings are said in a sentence, not in a traceback."""
    os.umask(0o077)  # database, settings and key are for this user only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brueckenschlag.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
