"""Django's settings, from the operator's configuration; one file for every installation."""

import os
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from . import configuration

CONFIGURATION = configuration.read()
DATA_DIR = configuration.data_dir()
PUBLIC_URL = CONFIGURATION.site.public_url.rstrip("/")

DEBUG = False
SECRET_KEY = configuration.secret_key()
# An open list only while no public address is set: a visit by the machine's own number must work then.
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "", "127.0.0.1", "localhost"] if PUBLIC_URL else ["*"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    # 5 MB in memory, for those alone who have a directory.
    *(["allauth.socialaccount.providers.openid_connect"] if CONFIGURATION.sign_in.oidc_issuer else []),
    "allauth.usersessions",
    "csp",
    "brueckenschlag.apps.Brueckenschlag",
]
AUTH_USER_MODEL = "brueckenschlag.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# What allauth may do; our pages ask it for single steps (see docs/decisions/0018).
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "account", "home"
ACCOUNT_ADAPTER = "brueckenschlag.web.adapters.AccountAdapter"
MFA_ADAPTER = "brueckenschlag.web.adapters.SecondStepAdapter"
SOCIALACCOUNT_ADAPTER = "brueckenschlag.web.adapters.DirectoryAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever joins has proved the address by its code already
# An address: 3 codes in 5 minutes, 20 a day. A network, behind which a whole seminar may sit: 100 in an hour.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "100/h/ip,3/5m/key,20/d/key",
    "check_code": "5/15m/key",
    "login_failed": "30/m/ip,5/5m/key",
    "begin": "60/m/ip",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Brückenschlag"
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_QUERY_EMAIL = True
DIRECTORY = "verzeichnis"
SOCIALACCOUNT_PROVIDERS = configuration.providers(CONFIGURATION.sign_in, DIRECTORY)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Counts attempts for all workers together; keys are hashed, for they hold addresses of devices.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "brueckenschlag_attempts",
        "KEY_FUNCTION": "brueckenschlag.accounts.attempts.key",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    }
}
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "brueckenschlag.web.middleware.compressed",
    "brueckenschlag.web.middleware.in_language_of_address",
    "django.middleware.common.CommonMiddleware",
    "csp.middleware.CSPMiddleware",
    "brueckenschlag.web.middleware.page_for_wrong_method",
    "brueckenschlag.web.device.kept_on_device",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
# Set by `content preview`: the folder of the draft that is shown instead of the published edition.
DRAFT_FOLDER = os.environ.get("DRAFT_FOLDER", "")
if DRAFT_FOLDER:
    MIDDLEWARE.insert(
        MIDDLEWARE.index("brueckenschlag.web.middleware.compressed") + 1, "brueckenschlag.web.draft.preview"
    )
ROOT_URLCONF = "brueckenschlag.urls"
WSGI_APPLICATION = "brueckenschlag.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "context_processors": ["brueckenschlag.web.context.site"],
            "builtins": ["django.templatetags.i18n", "brueckenschlag.web.tags"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        (
                            "django.template.loaders.filesystem.Loader",
                            [configuration.TEMPLATE.parent / "web/templates"],
                        ),
                    ],
                )
            ],
        },
    }
]


def _sqlite() -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "brueckenschlag.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what the page called saved survives a power cut; see docs/decisions/0003.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-8000;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    """What the address leaves open is set as docs/decisions/0016 says; what it names beats that."""
    from psycopg import IsolationLevel

    parts = configuration.postgresql_parts(url)
    main = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{name: parts.pop(theirs, "") for name, theirs in main.items()},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "brueckenschlag",
            "connect_timeout": "10",
            "options": "-c lock_timeout=20s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s",
            # The operations count on it: after waiting for a lock, the next statement sees what is stored now.
            "isolation_level": IsolationLevel.READ_COMMITTED,
            **parts,
        },
    }


DATABASES = {"default": _postgresql(CONFIGURATION.database.url) if CONFIGURATION.database.url else _sqlite()}

# German is the language of all strings in the code and of addresses without a prefix; see docs/decisions/0011.
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("de-simple", "Einfache Sprache"), ("en", "English")]
LOCALE_PATHS = [configuration.TEMPLATE.parent / "locale"]
FORMAT_MODULE_PATH = "brueckenschlag.web.formats"
LANGUAGE_COOKIE_NAME = "sprache"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [configuration.TEMPLATE.parent / "web/static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The cookie with the keys of the assessments that this device knows; nothing of it is stored here (web/device.py).
DEVICE_COOKIE_AGE = 90 * 24 * 3600
# Sessions of people who have signed in: in the database, so that they can be listed and ended.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "anmeldung"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "brueckenschlag.web.views.trouble.forged"

# "same-origin" and not "no-referrer": with the latter browsers send Origin: null and every form would fail.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PUBLIC_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # the web server in front adds the address of the device (docs/operations.md)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 200_000
# A preview of what came back from a full plan has a choice for each field of each measure.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["brueckenschlag.web.uploads.InMemory"]

EMAIL_HOST = CONFIGURATION.mail.host
EMAIL_PORT = CONFIGURATION.mail.port
EMAIL_HOST_USER = CONFIGURATION.mail.user
EMAIL_HOST_PASSWORD = CONFIGURATION.mail.password
EMAIL_USE_TLS = CONFIGURATION.mail.security == "starttls"
EMAIL_USE_SSL = CONFIGURATION.mail.security == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = CONFIGURATION.mail.sender or "webmaster@localhost"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # Paths can hold a personal key, and the log is no place for it.
    "filters": {"no_keys": {"()": "brueckenschlag.logs.WithoutKeys"}},
    "formatters": {
        "plain": {
            "()": "brueckenschlag.logs.WithoutWords",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no_keys"], "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": os.environ.get("LOG_LEVEL", "WARNING"), "propagate": True},
        # A typing error of a visitor is a page with status 422 and no matter for the log.
        "django.request": {"level": os.environ.get("LOG_LEVEL", "ERROR")},
        "pikepdf": {"level": "WARNING"},
    },
}
