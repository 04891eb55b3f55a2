"""Every setting, once: its environment variable, its default and a sentence on what it does."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sutler.kernel.outside.mail_server import BadMailServer, MailServer, mail_server

LONGEST_DAYS = 90


@dataclass(frozen=True)
class Setting:
    """One environment variable. An empty value counts as not set."""

    name: str
    default: str
    text: str


SETTINGS = (
    Setting("SUTLER_DATA", "var", "The folder of the SQLite file and the installation's secret key."),
    Setting(
        "SUTLER_DATABASE_URL",
        "sqlite:{data}/sutler.db",
        "Where the data lives: `sqlite:PATH` or `postgresql://USER@HOST/NAME`.",
    ),
    Setting("SUTLER_HOST", "127.0.0.1", "The address that `sutler serve` listens on."),
    Setting("SUTLER_PORT", "8000", "The port that `sutler serve` listens on."),
    Setting(
        "SUTLER_BASE_URL",
        "http://{host}:{port}",
        "Where the world reaches this server, without a slash at the end.",
    ),
    Setting(
        "SUTLER_CHECKOUT_URL",
        "{base_url}/checkout",
        "Where the checkout page lives; a checkout's address is this plus `/?t=TOKEN`.",
    ),
    Setting(
        "SUTLER_SECRET_KEY",
        "",
        "The installation's key (32 bytes in URL-safe Base64) that seals secrets in the database. Without it the key is "
        "kept in `secret.key` in the data folder. All processes of one installation need the same key.",
    ),
    Setting(
        "SUTLER_FILES_URL",
        "file:{data}/files",
        "Where images that were uploaded are kept: `file:FOLDER`, or an S3-compatible bucket as `s3://BUCKET/FOLDER`, whose "
        "credentials, region and endpoint come from `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION` and "
        "`AWS_ENDPOINT`.",
    ),
    Setting("SUTLER_WEBHOOKS_ALLOW_PRIVATE", "0", "1 lets webhooks go to private and loopback addresses, for development."),
    Setting(
        "SUTLER_TRUSTED_PROXIES",
        "127.0.0.1",
        "Addresses of proxies, separated by commas, whose X-Forwarded-For is believed.",
    ),
    Setting("SUTLER_RATE_LIMITS", "1", "0 lets every caller ask as often as it likes."),
    Setting("SUTLER_WORKER", "1", "0 keeps `sutler serve` from running jobs; then run `sutler worker` beside it."),
    Setting("SUTLER_PROFILES", "1", "0 asks no game platform for names and pictures of customers."),
    Setting("SUTLER_STEAM_API_KEY", "", "A Steam Web API key; without one, names and pictures from Steam stay unknown."),
    Setting("SUTLER_STEAM_API_URL", "https://api.steampowered.com", "Where the Steam Web API is."),
    Setting("SUTLER_STEAM_OPENID_URL", "https://steamcommunity.com/openid/login", "Where Steam signs people in."),
    Setting(
        "SUTLER_COUNTRY_HEADER",
        "",
        "A header in which the network in front says a visitor's country, such as `CF-IPCountry`.",
    ),
    Setting(
        "SUTLER_COUNTRY_FILE",
        "",
        "A file of addresses and countries in MaxMind's format (.mmdb), for visitors of whom nothing else says it.",
    ),
    Setting(
        "SUTLER_VIES_URL", "https://ec.europa.eu/taxation_customs/vies/rest-api", "Where VAT ids of the EU are looked up."
    ),
    Setting(
        "SUTLER_EXCHANGE_RATE_DAYS",
        "7",
        "How many days old imported exchange rates may be; with older ones everything is in the store's own currency.",
    ),
    Setting("SUTLER_MOJANG_API_URL", "https://api.minecraftservices.com", "Where Mojang is asked about Java players."),
    Setting("SUTLER_GEYSER_API_URL", "https://api.geysermc.org", "Where GeyserMC is asked about Bedrock players."),
    Setting(
        "SUTLER_MINECRAFT_AVATAR_URL",
        "",
        "The address of a picture of a Minecraft player's head, with `{uuid}` or `{name}` in it; without one there is none.",
    ),
    Setting(
        "SUTLER_STRIPE_URL",
        "https://api.stripe.com",
        "Where Stripe's API is; private and loopback addresses need `SUTLER_WEBHOOKS_ALLOW_PRIVATE`.",
    ),
    Setting(
        "SUTLER_PAYPAL_URL",
        "https://api-m.paypal.com",
        "Where PayPal's API is for live stores; private and loopback addresses need `SUTLER_WEBHOOKS_ALLOW_PRIVATE`.",
    ),
    Setting("SUTLER_PAYPAL_SANDBOX_URL", "https://api-m.sandbox.paypal.com", "The same for stores in test mode."),
    Setting(
        "SUTLER_SMTP_URL",
        "",
        "Where mails are handed over: `smtp://USER:PASSWORD@HOST:587?from=ADDRESS`, or `smtps://` for a server that "
        "encrypts from the beginning; `&starttls=never` for a relay that cannot. Without one, no mail is sent.",
    ),
    Setting("SUTLER_LOG_LEVEL", "info", "What is logged at least: debug, info, warning or error."),
    Setting("SUTLER_LOG_FORMAT", "auto", "`json`, `console`, or `auto`: console on a terminal, else JSON."),
)


@dataclass(frozen=True)
class Settings:
    """The settings of this process."""

    data: Path
    database_url: str
    host: str
    port: int
    base_url: str
    checkout_url: str
    secret_key: str | None
    files_url: str
    webhooks_allow_private: bool
    trusted_proxies: str
    rate_limits: bool
    runs_worker: bool
    profiles: bool
    steam_api_key: str | None
    steam_api_url: str
    steam_openid_url: str
    mojang_api_url: str
    country_header: str
    country_file: str | None
    vies_url: str
    exchange_rate_days: int
    geyser_api_url: str
    minecraft_avatar_url: str | None
    stripe_url: str
    paypal_url: str
    paypal_sandbox_url: str
    mail_server: MailServer | None
    log_level: str
    log_format: str


class BadSetting(ValueError):
    """A setting has a value that cannot be used."""


def read(environ: Mapping[str, str], **given: str) -> Settings:
    """Settings from an environment. `given` come from the command line, named in lower case without `SUTLER_`."""
    found = {setting.name: environ.get(setting.name) or setting.default for setting in SETTINGS}
    found |= {f"SUTLER_{name.upper()}": value for name, value in given.items()}
    data, host, port = found["SUTLER_DATA"], found["SUTLER_HOST"], _port(found["SUTLER_PORT"])
    base_url = found["SUTLER_BASE_URL"].replace("{host}", host).replace("{port}", str(port)).rstrip("/")
    return Settings(
        data=Path(data),
        database_url=found["SUTLER_DATABASE_URL"].replace("{data}", data),
        host=host,
        port=port,
        base_url=base_url,
        checkout_url=found["SUTLER_CHECKOUT_URL"].replace("{base_url}", base_url).rstrip("/"),
        secret_key=found["SUTLER_SECRET_KEY"] or None,
        files_url=_place("SUTLER_FILES_URL", found),
        webhooks_allow_private=_switch("SUTLER_WEBHOOKS_ALLOW_PRIVATE", found),
        trusted_proxies=found["SUTLER_TRUSTED_PROXIES"],
        rate_limits=_switch("SUTLER_RATE_LIMITS", found),
        runs_worker=_switch("SUTLER_WORKER", found),
        profiles=_switch("SUTLER_PROFILES", found),
        steam_api_key=found["SUTLER_STEAM_API_KEY"] or None,
        steam_api_url=found["SUTLER_STEAM_API_URL"].rstrip("/"),
        steam_openid_url=found["SUTLER_STEAM_OPENID_URL"],
        country_header=found["SUTLER_COUNTRY_HEADER"],
        country_file=found["SUTLER_COUNTRY_FILE"] or None,
        vies_url=found["SUTLER_VIES_URL"].rstrip("/"),
        mojang_api_url=found["SUTLER_MOJANG_API_URL"].rstrip("/"),
        exchange_rate_days=_days("SUTLER_EXCHANGE_RATE_DAYS", found),
        geyser_api_url=found["SUTLER_GEYSER_API_URL"].rstrip("/"),
        minecraft_avatar_url=found["SUTLER_MINECRAFT_AVATAR_URL"] or None,
        stripe_url=found["SUTLER_STRIPE_URL"].rstrip("/"),
        paypal_url=found["SUTLER_PAYPAL_URL"].rstrip("/"),
        paypal_sandbox_url=found["SUTLER_PAYPAL_SANDBOX_URL"].rstrip("/"),
        mail_server=_mail_server("SUTLER_SMTP_URL", found),
        log_level=_one_of("SUTLER_LOG_LEVEL", found, ("debug", "info", "warning", "error")),
        log_format=_one_of("SUTLER_LOG_FORMAT", found, ("auto", "json", "console")),
    )


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        message = f"SUTLER_PORT must be a port number between 1 and 65535, not {text!r}."
        raise BadSetting(message)
    return int(text)


def _days(name: str, found: Mapping[str, str]) -> int:
    if not found[name].isdigit() or not 0 < int(found[name]) <= LONGEST_DAYS:
        message = f"{name} must be a number of days between 1 and {LONGEST_DAYS}, not {found[name]!r}."
        raise BadSetting(message)
    return int(found[name])


def _mail_server(name: str, found: Mapping[str, str]) -> MailServer | None:
    try:
        return mail_server(found[name]) if found[name] else None
    except BadMailServer as error:
        message = f"{name} {error}."  # without the value, for there is a password in it
        raise BadSetting(message) from error


def _place(name: str, found: Mapping[str, str]) -> str:
    value = found[name].replace("{data}", found["SUTLER_DATA"])
    if not value.startswith(("file:", "s3://")) or value in ("file:", "s3://"):
        message = f"{name} must be `file:FOLDER` or `s3://BUCKET/FOLDER`, not {found[name]!r}."
        raise BadSetting(message)
    return value


def _switch(name: str, found: Mapping[str, str]) -> bool:
    return _one_of(name, found, ("0", "1", "false", "true", "no", "yes")) in ("1", "true", "yes")


def _one_of(name: str, found: Mapping[str, str], allowed: tuple[str, ...]) -> str:
    value = found[name].lower()
    if value not in allowed:
        message = f"{name} must be one of {', '.join(allowed)}, not {found[name]!r}."
        raise BadSetting(message)
    return value


_installed: list[Settings] = []


def install(settings: Settings) -> None:
    """Use these settings in this process."""
    _installed[:] = [settings]


def settings() -> Settings:
    """The settings of this process; read from the environment when nothing else was installed."""
    if not _installed:
        install(read(os.environ))
    return _installed[0]
