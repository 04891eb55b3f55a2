"""The first page: what runs here and where to go next."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sutler import __version__
from sutler.kernel.data.database import Database
from sutler.pages.answers import page, wants_json

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class Landing:
    """`GET /`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def show(self, request: Request) -> Response:
        """A short page for people, a small object for programs."""
        engine = ENGINES[self._database.dialect.name]
        if wants_json(request):
            links = {"docs": "/docs", "openapi": "/swagger/management-api/openapi.json", "health": "/healthz"}
            return JSONResponse({"name": "Sutler", "version": __version__, "engine": engine, "links": links})
        return page("landing.html", engine=engine)
