"""The operator's settings: from `brueckenschlag.toml` in the data folder, or from the environment.

A variable beats the file: `BRUECKENSCHLAG_MAIL__HOST` stands for `host` in the section `[mail]`. `DATABASE_URL`, the
name that many know, stands for `url` in the section `[database]` and beats both.
"""

import os
import secrets
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PREFIX = "BRUECKENSCHLAG_"
TEMPLATE = Path(__file__).with_name("brueckenschlag.toml")


def data_dir() -> Path:
    """Folder of the database, the settings and the secret key; created when missing."""
    folder = Path(os.environ.get("DATA_DIR", "data")).expanduser().resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


class Section(BaseModel):
    """Base of the sections: a misspelt name is a fault, not silently ignored."""

    model_config = ConfigDict(extra="forbid")


class Site(Section):
    """Where this installation is reached."""

    public_url: str = ""


class Operator(Section):
    """Who runs this installation: for Impressum, Datenschutz and Barrierefreiheit."""

    name: str = ""
    street: str = ""
    place: str = ""
    represented_by: str = ""
    email: str = ""
    phone: str = ""
    register_entry: str = ""
    vat_id: str = ""
    responsible_for_content: str = ""
    privacy_email: str = ""
    feedback_email: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the details that an Impressum needs at least are there."""
        return all((self.name, self.street, self.place, self.email))


class Mail(Section):
    """The SMTP server; without a host no mail is offered."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: str = ""


class SignIn(Section):
    """A directory of the operator's own that people can sign in with (OpenID Connect); without an issuer none."""

    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = ""
    oidc_trust_addresses: bool = False


class Content(Section):
    """Instruments of the operator's own: each folder holds folders with an `instrument.yaml`."""

    folders: list[Path] = []


class Database(Section):
    """The PostgreSQL database; without a url everything is in one SQLite file in the data folder."""

    url: str = ""

    @field_validator("url")
    @classmethod
    def _is_of_postgresql(cls, url: str) -> str:
        if url and not postgresql_parts(url):
            # Not in the words of the part that reads it: they would show pieces of the password.
            raise ValueError(
                "DATABASE_URL ist keine Adresse einer PostgreSQL-Datenbank. Sie lautet etwa "
                "postgres://NAME:PASSWORT@SERVER:5432/DATENBANK?sslmode=require; Sonderzeichen im Passwort brauchen "
                "die Form mit %, zum Beispiel %40 für @."
            )
        return url


def postgresql_parts(url: str) -> dict[str, str]:
    """The parts of a database's address under the names of libpq, which reads it; none when it is none."""
    if not url.startswith(("postgres://", "postgresql://")):
        return {}
    import psycopg  # heavy, and on SQLite it is not needed

    try:
        read = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return {}
    parts = {name: str(value) for name, value in read.items()}
    is_whole = parts.get("dbname") and all(port.isdigit() for port in parts.get("port", "0").split(","))
    # What a sign in the password has put into the wrong part must not stand in a message about that part.
    return parts if is_whole and "@" not in parts.get("host", "") + parts["dbname"] else {}


class Retention(Section):
    """How long each kind of data is kept; `nightly` keeps these terms, the privacy page names them."""

    guests_months: int = Field(24, ge=1, le=120)
    organisations_months: int = Field(0, ge=0, le=240)
    log_months: int = Field(36, ge=1, le=240)
    invitations_days: int = Field(30, ge=1, le=365)
    backups_days: int = Field(14, ge=1, le=365)


class Configuration(BaseSettings):
    """All settings of the operator."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid")

    site: Site = Site()
    operator: Operator = Operator()
    mail: Mail = Mail()
    sign_in: SignIn = SignIn()
    content: Content = Content()
    database: Database = Database()
    retention: Retention = Retention()

    @model_validator(mode="after")
    def _mail_needs_an_address(self) -> "Configuration":
        if self.mail.host and not (self.mail.sender and self.site.public_url):
            # Links in mails must never be built from what a visitor sent as Host.
            raise ValueError("Wer [mail] host setzt, braucht auch [mail] sender und [site] public_url.")
        url = urlsplit(self.site.public_url)
        if self.site.public_url and (url.scheme not in ("http", "https") or not url.hostname):
            raise ValueError("[site] public_url muss mit http:// oder https:// beginnen.")
        if url.path.strip("/") or url.query or url.fragment:
            raise ValueError("[site] public_url darf nach dem Namen der Seite nichts mehr enthalten.")
        return self

    @model_validator(mode="after")
    def _directory_is_complete(self) -> "Configuration":
        directory = self.sign_in
        if not directory.oidc_issuer:
            return self
        if not (directory.oidc_client_id and directory.oidc_client_secret and self.site.public_url):
            raise ValueError(
                "Wer [sign_in] oidc_issuer setzt, braucht auch oidc_client_id, oidc_client_secret und [site] "
                "public_url."
            )
        url = urlsplit(directory.oidc_issuer)
        if url.scheme != "https" and url.hostname not in ("127.0.0.1", "localhost"):
            raise ValueError("[sign_in] oidc_issuer muss mit https:// beginnen.")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the program names itself, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, data_dir() / "brueckenschlag.toml")


class SettingsError(Exception):
    """The settings cannot be used; the message says why, for the operator."""


def _refuse_unknown_variables() -> None:
    """A misspelt variable would otherwise be ignored without a word."""
    sections = {name: field.annotation for name, field in Configuration.model_fields.items()}
    known = {
        f"{PREFIX}{section}__{name}".upper()
        for section, kind in sections.items()
        for name in getattr(kind, "model_fields", {})
    }
    known |= {f"{PREFIX}{section}".upper() for section in sections}
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsError(f"Die Umgebungsvariable {name} gibt es nicht. Ist sie verschrieben?")


def read() -> Configuration:
    """The settings of this installation; writes the commented file on the first run."""
    _refuse_unknown_variables()
    file = data_dir() / "brueckenschlag.toml"
    if not file.exists():
        file.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        file.chmod(0o600)
    named = {"database": {"url": os.environ["DATABASE_URL"]}} if "DATABASE_URL" in os.environ else {}
    try:
        return Configuration(**named)  # type: ignore[arg-type]  # pydantic reads sections from mappings
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} lässt sich nicht lesen: {error}") from None
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(one, file) for one in error.errors())) from None


def _sentence(fault: ErrorDetails, file: Path) -> str:
    place = ".".join(map(str, fault["loc"])) or file.name
    limits = fault.get("ctx", {})
    words = {
        "extra_forbidden": "gibt es nicht. Ist es verschrieben?",
        "greater_than_equal": f"muss mindestens {limits.get('ge')} sein.",
        "less_than_equal": f"darf höchstens {limits.get('le')} sein.",
        "int_parsing": "muss eine ganze Zahl sein.",
        "int_type": "muss eine ganze Zahl sein.",
        "int_from_float": "muss eine ganze Zahl sein.",
    }
    return f"Einstellung {place}: {words.get(fault['type'], fault['msg'].removeprefix('Value error, '))}"


def providers(sign_in: SignIn, key: str) -> dict[str, Any]:
    """The operator's directory as allauth wants to be told of it; empty without one. `key` names it in addresses."""
    if not sign_in.oidc_issuer:
        return {}
    app = {
        "provider_id": key,
        "name": sign_in.oidc_name,
        "client_id": sign_in.oidc_client_id,
        "secret": sign_in.oidc_client_secret,
        "settings": {"server_url": sign_in.oidc_issuer.rstrip("/")},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def secret_key() -> str:
    """The key that signs cookies; made on the first run and readable by the owner only."""
    file = data_dir() / "secret_key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text().strip()
