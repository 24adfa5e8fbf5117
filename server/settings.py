"""What an operator may set 设置: by environment variables that begin with QIAOBAN_."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each setting is an environment variable, e.g. QIAOBAN_DATABASE_URL."""

    model_config = SettingsConfigDict(env_prefix="QIAOBAN_", extra="ignore")

    database_url: str = Field(
        default="", description="sqlite:///path or postgresql+psycopg://…; empty: a file under `home`."
    )
    home: Path = Field(default=Path("var"), description="Where the database, files and imports are kept.")
    host: str = "127.0.0.1"
    port: int = 8000
    secure_cookies: bool = Field(default=False, description="Set behind HTTPS: cookies are then sent over HTTPS only.")
    trust_proxy: bool = Field(default=False, description="Take the caller's address from X-Forwarded-For.")
    trial_days: int = Field(default=14, ge=1, le=365)
    trials_per_address: int = Field(default=20, ge=1, description="How many trials an address may start in a day.")
    sign_ins_per_minute: int = Field(default=20, ge=1, description="How often an address may try to sign in.")
    public_sign_up: bool = Field(default=True, description="Whether strangers may sign up.")
    worker_in_server: bool = Field(default=True, description="Whether `serve` also works off the outbox.")
    public_url: str = Field(default="", description="Where people reach this server: links in mails begin with it.")
    smtp_url: str = Field(
        default="",
        description="smtp[s]://user:password@host:port?from=a@b.c; empty: no mail. smtp:// uses STARTTLS if offered.",
    )
    outbound: bool = Field(default=True, description="Whether workflows may call addresses outside.")
    outbound_allow: str = Field(
        default="",
        description="Hosts (host or host:port, by commas) that may be called though their address is private.",
    )
    picture_url: str = Field(default="", description="A service that reads pictures (docs/services.md); empty: none.")
    picture_secret: str = ""
    text_url: str = Field(default="", description="A service that reads texts (docs/services.md); empty: none.")
    text_secret: str = ""
    sms_url: str = Field(default="", description="A service that sends codes to mobiles, see docs/services.md.")
    sms_secret: str = ""
    captcha: Literal["", "turnstile", "hcaptcha", "generic"] = Field(
        default="", description="Whose captcha public links may ask for; a proof of work needs nobody."
    )
    captcha_site_key: str = ""
    captcha_secret: str = ""
    captcha_verify_url: str = Field(default="", description="generic: where answers are verified (siteverify).")
    captcha_script_url: str = Field(default="", description="generic: the script that draws into class `captcha`.")
    templates: Path = Path(__file__).parent.parent / "templates"
    web: Path = Path(__file__).parent.parent / "web" / "dist"

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{(self.home / 'qiaoban.db').absolute()}"

    @property
    def outbound_hosts(self) -> frozenset[str]:
        """The hosts that are trusted."""
        return frozenset(word.strip().lower() for word in self.outbound_allow.split(",") if word.strip())

    @property
    def files(self) -> Path:
        """Where attachments and uploaded imports are kept."""
        return self.home / "files"
