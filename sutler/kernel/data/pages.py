"""The cursor shared by every paginated list."""

from typing import Annotated

from msgspec import Meta

from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Query

Limit = Annotated[int, Meta(ge=1, le=100, extra_json_schema={"format": "int32"})]


class Page(Query):
    """`after` and `before` are ids and compare absolutely; newest first unless `asc`."""

    limit: Limit = 100
    after: FlakeId | None = None
    before: FlakeId | None = None
    asc: bool = False
