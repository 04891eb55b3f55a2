"""What a management request changed, for whoever keeps a record of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol, get_args

import msgspec
from msgspec import UNSET, Struct, UnsetType

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.requests import Request
from sutler.kernel.edge.routing import segments
from sutler.kernel.edge.signatures import bare, is_union, looks_like_id
from sutler.kernel.ids import FlakeId

MOST_TARGETS = 300  # more than any operation changes by its ids


class Change(NamedTuple):
    """One change that is about to be committed. It names members of the request's body, never their values."""

    operation: str
    method: str
    path: str  # with the ids that were sent; other parts, which may be secrets, stay names in braces
    targets: list[FlakeId]  # the ids in the path, then those of what is answered
    status: int
    members: list[str]
    address: str
    trace_id: str


class Recorder(Protocol):
    """Keeps changes, in the transaction that makes them."""

    async def record(self, store: StoreContext, change: Change) -> None:
        """Keep this change; it is committed with its effects or not at all."""


class _Made(Struct):
    """Of an answer, only which thing it shows."""

    id: FlakeId | UnsetType = UNSET


_members_of_one = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_members_of_many = msgspec.json.Decoder(list[dict[str, msgspec.Raw]]).decode
_made_one = msgspec.json.Decoder(_Made).decode
_made_many = msgspec.json.Decoder(list[_Made]).decode


class Describer:
    """How the changes of one operation are described; made once at import."""

    def __init__(self, operation: str, method: str, path: str, body: Any) -> None:
        self._operation, self._method = operation, method
        self._parts = path.split("/")
        self._places = [(place, part) for place, part in enumerate(self._parts) if part.startswith("{")]
        self._known = frozenset(_fields(body))

    def describe(self, request: Request, sent: bytes, status: int, answer: bytes) -> Change:
        """What a request changed: `sent` is its body, `answer` that of the answer, as far as it is known yet."""
        path, targets = self._named(request.scope["path"])
        targets += [id for id in _ids(answer) if id not in targets]
        return Change(
            self._operation, self._method, path, targets[:MOST_TARGETS], status, self._members(sent), request.client_ip,
            request.trace_id,
        )  # fmt: skip

    def _named(self, path: str) -> tuple[str, list[FlakeId]]:
        """The path and its ids but for the store's. A slug or a token in it is not told: it may open something."""
        parts, values, targets = self._parts.copy(), ["", *segments(path)], []
        for place, name in self._places:
            if looks_like_id(values[place]):
                parts[place] = values[place]
                if name != "{storeId}":
                    targets.append(values[place])
        return "/".join(parts), targets

    def _members(self, sent: bytes) -> list[str]:
        """The members that the body has, of those that the operation knows: another name could be anything."""
        if not sent or not self._known:
            return []
        try:
            given = _members_of_many(sent) if sent.lstrip()[:1] == b"[" else [_members_of_one(sent)]
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return []  # a body in Latin-1, as one plugin sends it
        return sorted(self._known.intersection(set[str]().union(*given)))


def _fields(kind: Any) -> Iterator[str]:
    """The names on the wire of a body's members, whatever form it comes in."""
    for arm in get_args(kind) if is_union(kind) else (kind,):
        found = bare(arm)
        if isinstance(found, type) and issubclass(found, Struct):
            yield from (field.encode_name for field in msgspec.structs.fields(found))


def _ids(answer: bytes) -> list[FlakeId]:
    """The ids of what an answer shows, one thing or a list."""
    try:
        made = _made_many(answer) if answer[:1] == b"[" else [_made_one(answer)] if answer[:1] == b"{" else []
    except msgspec.MsgspecError:
        return []
    return [one.id for one in made if one.id is not UNSET and looks_like_id(one.id)]
