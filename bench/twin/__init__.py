"""The twin: the same three operations as the tutorials of FastAPI and SQLAlchemy's ORM would have them written."""

import importlib
import os
from typing import Any


def make(url: str) -> Any:
    """The application on a database; its modules read the address when they are imported, as such applications do."""
    if url.startswith("sqlite:"):
        os.environ["BENCH_SQLITE"] = url.removeprefix("sqlite:")
        return importlib.import_module("bench.twin.sqlite_app").app
    os.environ["BENCH_POSTGRES"] = url
    return importlib.import_module("bench.twin.postgres_app").app
