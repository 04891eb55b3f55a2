"""Sutler under test: all of it, with its worker, as `sutler serve` runs it. Its settings come from the environment."""

from typing import Any

from sutler import settings
from sutler.app import create_app
from sutler.kernel import logs, secrets
from sutler.kernel.data.connect import database


def make(url: str) -> Any:
    """The application on a database."""
    chosen = settings.settings()
    logs.configure(chosen.log_level, chosen.log_format)
    secrets.install(secrets.Sealer.from_settings(chosen.secret_key, chosen.data))
    return create_app(database(url))
