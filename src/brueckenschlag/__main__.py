"""The command line: `python -m brueckenschlag serve`, `… content check`, `… remove_expired` and Django's own."""

import os
import sys

from pydantic import ValidationError


def main() -> None:
    """Runs one command; wrong settings are said in a sentence, not in a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brueckenschlag.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"]) or "brueckenschlag.toml"
            sys.stderr.write(f"Einstellung {where}: {fault['msg'].removeprefix('Value error, ')}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
