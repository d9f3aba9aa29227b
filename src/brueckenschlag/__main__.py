"""The command line: `python -m brueckenschlag serve`, `… content check`, `… nightly` and Django's own."""

import os
import sys

from .configuration import SettingsError


def main() -> None:
    """Runs one command; wrong settings and a database out of reach are said in a sentence, not in a traceback."""
    os.umask(0o077)  # database, settings and key are for this user only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brueckenschlag.settings")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
    except BrokenPipeError:
        # Whoever reads along has seen enough, as `… | head` has; what is left over goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except DatabaseError as error:
        if not _is_for_the_operator(error):
            raise
        sys.stderr.write(f"Die Datenbank antwortet nicht wie nötig: {' '.join(str(error).split())}\n")
        sys.exit(1)


def _is_for_the_operator(error: Exception) -> bool:
    """Whether the database is out of reach, full, too old, or refuses this user: nothing that a traceback explains."""
    from django.db import NotSupportedError, OperationalError
    from django.db.migrations.exceptions import MigrationSchemaMissing

    is_refused = getattr(error.__cause__, "sqlstate", "") == "42501"  # PostgreSQL's insufficient_privilege
    return is_refused or isinstance(error, OperationalError | NotSupportedError | MigrationSchemaMissing)


if __name__ == "__main__":
    main()
