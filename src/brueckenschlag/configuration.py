"""The operator's settings: from `brueckenschlag.toml` in the data folder, or from the environment.

A variable beats the file: `BRUECKENSCHLAG_MAIL__HOST` stands for `host` in the section `[mail]`.
"""

import os
import secrets
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

TEMPLATE = Path(__file__).with_name("brueckenschlag.toml")


def data_dir() -> Path:
    """Folder of the database, the settings and the secret key; created when missing."""
    folder = Path(os.environ.get("DATA_DIR", "data")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
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


class Configuration(BaseSettings):
    """All settings of the operator."""

    model_config = SettingsConfigDict(env_prefix="BRUECKENSCHLAG_", env_nested_delimiter="__", extra="forbid")

    site: Site = Site()
    operator: Operator = Operator()
    mail: Mail = Mail()

    @model_validator(mode="after")
    def _mail_needs_an_address(self) -> "Configuration":
        if self.mail.host and not (self.mail.sender and self.site.public_url):
            # Links in mails must never be built from what a visitor sent as Host.
            raise ValueError("Wer [mail] host setzt, braucht auch [mail] sender und [site] public_url.")
        if self.site.public_url and not self.site.public_url.startswith(("http://", "https://")):
            raise ValueError("[site] public_url muss mit http:// oder https:// beginnen.")
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


def read() -> Configuration:
    """The settings of this installation; writes the commented file on the first run."""
    file = data_dir() / "brueckenschlag.toml"
    if not file.exists():
        file.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        file.chmod(0o600)
    return Configuration()


def secret_key() -> str:
    """The key that signs cookies; made on the first run and readable by the owner only."""
    file = data_dir() / "secret_key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(48))
    return file.read_text().strip()
