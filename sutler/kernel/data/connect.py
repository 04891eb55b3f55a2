"""Which database an address means."""

from pathlib import Path

from sutler.kernel.data.database import Database


def database(url: str, *, connections: int = 16) -> Database:
    """The database at `sqlite:path`, `sqlite:///absolute/path`, `postgresql://…` or `postgres://…`, not yet open.

    `connections` is how many PostgreSQL connections this process may use at a time.
    """
    scheme, _, rest = url.partition(":")
    if scheme == "sqlite":
        from sutler.kernel.data.sqlite import Sqlite  # noqa: PLC0415 - a driver is only needed by those who use it

        return Sqlite(sqlite_path(rest))
    if scheme in ("postgresql", "postgres"):
        from sutler.kernel.data.postgres import Postgres  # noqa: PLC0415 - the same

        return Postgres(url, most=connections)
    message = f"{scheme!r} is no database. Use sqlite:PATH or postgresql://USER:PASSWORD@HOST/NAME."
    raise ValueError(message)


def sqlite_path(rest: str) -> Path:
    """The path in what follows `sqlite:`; two slashes more begin an absolute one."""
    path = "/" + rest.lstrip("/") if rest.startswith("//") else rest
    if path.strip("/") in ("", ":memory:") or (rest.startswith("//") and not rest.startswith("///")):
        message = f"sqlite:{rest} names no file. Use sqlite:PATH or sqlite:///ABSOLUTE/PATH."
        raise ValueError(message)
    return Path(path).expanduser()
