"""The product's own settings in a data folder of the test run."""

import os
import tempfile
from pathlib import Path

from tests.databases import PRIVATE

os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="brueckenschlag-tests-")
os.environ["DATABASE_URL"] = PRIVATE

from brueckenschlag.settings import *  # noqa: F403  # what is not changed here stays as in the product
from brueckenschlag.settings import DATA_DIR, DATABASES, INSTALLED_APPS, STORAGES

# As where the operator has a directory; the tests without one are told so by its settings.
INSTALLED_APPS = [*INSTALLED_APPS, "allauth.socialaccount.providers.openid_connect"]

# The names with hashes need collectstatic first; the browser tests run the real server, which has them.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
Path(DATA_DIR, "static").mkdir(exist_ok=True)

if not PRIVATE:
    # A file as in the product, not in memory: only so do two connections wait for each other as they do there.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "tests.sqlite3"}
