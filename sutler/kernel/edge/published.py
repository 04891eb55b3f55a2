"""Serves the OpenAPI documents where generators look for them on the reference platform."""

from collections.abc import Callable
from functools import cache
from typing import Any

import yaml

from sutler.kernel.edge.requests import JSON, Answer, Request, encode

YAML = (b"content-type", b"application/yaml")


class Published:
    """`GET /swagger/{api}/openapi.json` or `.yaml`; rendered when first asked for."""

    method, cors = "GET", True

    def __init__(self, api: str, ending: str, document: Callable[[], dict[str, Any]]) -> None:
        self.path = f"/swagger/{api}/openapi.{ending}"
        self._header = YAML if ending == "yaml" else JSON
        write = as_yaml if ending == "yaml" else encode
        self._text = cache(lambda: write(document()))

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """The whole document."""
        return Answer(200, self._text(), (self._header,))


def as_yaml(document: dict[str, Any]) -> bytes:
    """A document as YAML, its members in the same order."""
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True).encode()
