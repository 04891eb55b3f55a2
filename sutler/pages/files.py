"""Where images are uploaded to, and where browsers load them. Neither needs credentials: an upload's address is one."""

import re
from typing import Final

from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.requests import Answer, Header, Request
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import NotFound, PayloadTooLarge
from sutler.kernel.outside.files import ENDINGS
from sutler.stores.files.models import ImageTooLarge
from sutler.stores.files.service import content, receive, ticket_in

NAME: Final = re.compile(r"([0-9]{1,19})\.([a-z]{3,4})")
ALWAYS: Final[tuple[Header, ...]] = (
    (b"cache-control", b"public, max-age=31536000, immutable"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
"""An image never changes under its address, is an image to every browser, and may be shown by shops on any site."""


class Upload:
    """`PUT /uploads/{token}`, or POST: the bytes of an image as the body, whatever its content type says."""

    path, cors = "/uploads/{token}", True

    def __init__(self, database: Database, method: str) -> None:
        self._database, self.method = database, method

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """204 once the image is safe. What is too large is refused before it is read."""
        ticket = ticket_in(path_values[0])
        declared = request.header(b"content-length") or "0"
        if not (declared.isascii() and declared.isdigit()) or len(declared) > 9 or int(declared) > ticket.largest:
            raise ImageTooLarge
        try:
            body = await request.body()
        except PayloadTooLarge as error:
            raise ImageTooLarge from error
        if len(body) > ticket.largest:
            raise ImageTooLarge
        await receive(Shop(self._database, ticket.store_id, ticket.actor), ticket, body)
        return Answer(204, headers=())


class Download:
    """`GET /files/{storeId}/{name}`."""

    method, path, cors = "GET", "/files/{storeId}/{name}", True

    def __init__(self, database: Database) -> None:
        self._database = database

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """The image, with the content type that it was found to be of."""
        store_id, name = path_values
        named = NAME.fullmatch(name)
        if named is None or named[2] not in ENDINGS or not looks_like_id(store_id):
            raise NotFound("There is no such image.")
        image = await content(Shop(self._database, store_id, Actor("anonymous")), named[1], named[2])
        return Answer(200, image, ((b"content-type", ENDINGS[named[2]].encode()), *ALWAYS))
