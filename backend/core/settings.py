"""Settings: one class, read from the environment with the prefix `SMARTHD_`; unsafe defaults are refused."""

import secrets
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from backend.core.office import DAYS, HOURS, Office
from shared.province import Province


class Environment(StrEnum):
    """Where this runs. Only `development` has demo accounts, a made-up secret and room for tests."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Everything an installation may set. Lifetimes are in seconds, sizes in bytes."""

    model_config = SettingsConfigDict(env_prefix="SMARTHD_", extra="ignore")

    environment: Environment = Environment.DEVELOPMENT
    data: Path = Path("data")
    database_url: str = ""
    storage_url: str = ""
    secret: SecretStr = SecretStr("")
    api_url: str = ""
    public_url: str = ""
    """Where people reach this installation, such as https://smart.example: printed sheets lead there."""
    log_level: str = "INFO"

    rate_limits: bool = True
    limits_url: str = "memory://"
    limit_sign_in: str = "10/minute"
    limit_register: str = "10/minute"
    limit_refresh: str = "60/minute"
    limit_submit: str = "30/minute"
    limit_submit_address: str = "300/minute"
    limit_support: str = "60/minute"
    limit_upload: str = "60/minute"
    limit_lookup: str = "20/minute"
    limit_lookup_address: str = "200/minute"
    limit_read_code: str = "10/minute"
    lock_after: int = 8
    lock_seconds: int = 900
    dossier_guesses_code: int = 5
    dossier_guesses_address: int = 30
    dossier_lock_seconds: int = 900

    access_seconds: int = 900
    refresh_seconds: int = 60 * 24 * 3600
    forgive_seconds: int = 30
    ticket_seconds: int = 900
    picture_seconds: int = 3600

    max_body: int = 256 * 1024
    threads: int = 40
    writers: int = 8

    lgsp_url: str = ""
    lgsp_token_url: str = ""
    lgsp_client_id: str = ""
    lgsp_client_secret: SecretStr = SecretStr("")
    lgsp_scope: str = ""
    lgsp_name: str = "Trục tích hợp dữ liệu của tỉnh"
    lgsp_connect_seconds: float = 2
    lgsp_read_seconds: float = 4
    lgsp_deadline_seconds: float = 8
    lgsp_slow_seconds: float = 2
    lgsp_attempts: int = 3
    lgsp_max_bytes: int = 256 * 1024
    lgsp_at_once: int = 16
    lgsp_fresh_seconds: int = 60
    lgsp_breaker_failures: int = 5
    lgsp_breaker_seconds: float = 30
    lgsp_refresh_seconds: int = 1800
    lgsp_refresh_a_minute: int = 60
    lgsp_keep_days: int = 30

    office_hours: str = HOURS
    office_days: str = DAYS

    procedures_url: str = ""
    procedures_every: float = 0
    procedures_max_bytes: int = 200 * 1024 * 1024
    procedures_private: bool = False

    app_name: str = "Smart Hải Dương"
    province: str = "Hải Dương"
    contact_phone: str = "1022"
    complaints_name: str = "Ban Tiếp công dân"
    complaints_phone: str = ""
    complaints_url: str = ""
    dossiers_url: str = ""
    centre_lat: float = 20.9373
    centre_lon: float = 106.3146
    zoom: int = 13
    area_km: float = 60
    tile_url: str | None = None
    tile_attribution: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        Office.parse(self.office_hours, self.office_days)
        if self.lgsp_url and not (self.lgsp_token_url and self.lgsp_client_id and self.lgsp_client_secret):
            raise ValueError("SMARTHD_LGSP_URL needs SMARTHD_LGSP_TOKEN_URL, _CLIENT_ID and _CLIENT_SECRET")
        self._check_procedures()
        if self.environment is Environment.PRODUCTION:
            self._refuse_unsafe()
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data.resolve() / 'smarthd.db'}"
        if not self.storage_url:
            self.storage_url = f"file://{self.data.resolve() / 'files'}"
        if not self.secret.get_secret_value():
            self.secret = SecretStr(_development_secret(self.data))
        return self

    def _refuse_unsafe(self) -> None:
        secret = self.secret.get_secret_value()
        if len(secret) < 32 or len(set(secret)) < 10:
            raise ValueError("SMARTHD_SECRET must be set to at least 32 random characters outside development")
        if not self.rate_limits:
            raise ValueError("SMARTHD_RATE_LIMITS=off is refused outside development")
        if any(url and not url.startswith("https://") for url in (self.lgsp_url, self.lgsp_token_url)):
            raise ValueError("SMARTHD_LGSP_URL and SMARTHD_LGSP_TOKEN_URL must begin with https:// outside development")

    def _check_procedures(self) -> None:
        """The source of procedures is a path or an https address; `procedures_every` is in hours, 0 for never."""
        scheme, found, _ = self.procedures_url.partition("://")
        if found and scheme != "https" and not (scheme == "http" and self.procedures_private):
            raise ValueError("SMARTHD_PROCEDURES_URL must be a path or an https address")
        if not 0 <= self.procedures_every <= 24 * 366:
            raise ValueError("SMARTHD_PROCEDURES_EVERY is a number of hours, 0 for never")

    @property
    def development(self) -> bool:
        """Whether demo accounts and other conveniences are allowed."""
        return self.environment is Environment.DEVELOPMENT

    @property
    def office(self) -> Office:
        """When offices work."""
        return Office.parse(self.office_hours, self.office_days)

    def as_province(self) -> Province:
        """Return what clients may know."""
        return Province(
            app_name=self.app_name,
            province=self.province,
            contact_phone=self.contact_phone,
            complaints_name=self.complaints_name,
            complaints_phone=self.complaints_phone,
            complaints_url=self.complaints_url,
            dossiers_url=self.dossiers_url,
            centre_lat=self.centre_lat,
            centre_lon=self.centre_lon,
            zoom=self.zoom,
            tile_url=self.tile_url,
            tile_attribution=self.tile_attribution,
            demo=self.development,
        )


def _development_secret(data: Path) -> str:
    """Return this folder's own random secret, made on first use: tokens survive a restart, no two folders share one."""
    path = data / "secret.key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
