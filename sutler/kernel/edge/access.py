"""Who may call an operation: the marker in the annotation of a handler's first parameter."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Literal

from sutler.kernel.data.records import Actor, ActorType
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.auth import Grant
from sutler.kernel.edge.requests import Request
from sutler.kernel.errors import Forbidden, InvalidInput, Unauthorized
from sutler.kernel.ids import FlakeId

Audience = Literal["management", "manager", "user", "customer", "visitor", "gameserver"]
Work = Literal["reads", "reads_slowly", "writes", "steps"]
CALLERS: Mapping[Audience, tuple[ActorType, ...]] = {
    "management": ("api_key", "user"),
    "manager": ("api_key", "user"),
    "user": ("user",),
    "customer": ("customer",),
    "gameserver": ("game_server",),
}
STORE_HEADER = b"x-paynow-store-id"
NO_STORE: FlakeId = "0"  # where a user acts who names no store: nothing is kept there
_permissions: set[str] = set()
Preparation = Callable[[Shop, dict[str, Any]], Awaitable[None]]


class Access:
    """One audience, the permissions it needs, and the kind of transaction the handler runs in."""

    def __init__(self, audience: Audience, work: Work, permission: str, *others: str) -> None:
        self.audience, self.work, self.permission = audience, work, permission
        self.permissions = frozenset({permission, *others})
        self._callers = CALLERS.get(audience, ())
        self.before: Preparation | None = None
        self.anywhere = False
        if audience in ("management", "manager"):
            _permissions.update(self.permissions)

    def admit(self, grant: Grant) -> None:
        """Refuse callers of the wrong kind or without the permission; first of all, so that they learn nothing else."""
        if self.audience == "visitor":
            return
        kind = grant.actor.type
        if kind == "anonymous":
            raise Unauthorized
        if kind not in self._callers or not self._permits(grant):
            raise Forbidden(self._refusal(grant.actor))

    def store_id(self, grant: Grant, in_path: FlakeId | None, request: Request) -> FlakeId:
        """The store that an admitted caller acts in, or why it may not."""
        if self.audience == "visitor":
            return self._visited(grant, in_path, request)
        if grant.actor.type == "user":
            return self._managed(grant, in_path)
        if in_path is not None and in_path != grant.store_id:
            message = "These credentials belong to another store."
            raise Forbidden(message)
        if self.audience == "customer" and request.headers.get(STORE_HEADER, b"").decode("latin-1") not in (
            "",
            grant.store_id,
        ):
            message = "The customer token belongs to another store than x-paynow-store-id says."
            raise Forbidden(message)
        return grant.store_id

    def _permits(self, grant: Grant) -> bool:
        """Whether the permission is held; by a user, in any store, for which one is meant is not known yet."""
        if grant.actor.type != "user":
            return self._has(grant.permissions)
        return self.audience != "management" or any(self._has(held) for held in grant.rights.values())

    def _has(self, held: frozenset[str]) -> bool:
        return held.issuperset(self.permissions)

    def _managed(self, grant: Grant, in_path: FlakeId | None) -> FlakeId:
        """The store that a user manages: they must be a member of it, in a role with the permission."""
        if self.audience != "management":
            return NO_STORE
        if in_path is None or in_path not in grant.rights:
            message = "You are not a member of this store."
            raise Forbidden(message)
        if not self._has(grant.rights[in_path]):
            raise Forbidden(self._refusal(grant.actor))
        return in_path

    @property
    def _needed(self) -> str:
        return f"permission{'s' if len(self.permissions) > 1 else ''} {' and '.join(sorted(self.permissions))}"

    def _refusal(self, actor: Actor) -> str:
        if self.audience == "user":
            return "This operation is for users, not for API keys: Authorization: User TOKEN."
        if self.audience in ("management", "manager"):
            if actor.type == "user":
                return f"Your role in this store lacks the {self._needed}."
            if actor.type == "api_key":
                return f"This API key lacks the {self._needed}."
            return "This operation needs an API key: Authorization: APIKey TOKEN."
        return f"This operation needs a {self.audience} token: Authorization: {self.audience.capitalize()} TOKEN."

    def _visited(self, grant: Grant, in_path: FlakeId | None, request: Request) -> FlakeId:
        """The store that the path names, the header or the token: any of them, but no two different ones."""
        header = request.header(STORE_HEADER)
        named = in_path or header
        if not named and not grant.store_id and not self.anywhere:
            message = "Name the store in the x-paynow-store-id header, or send a customer token."
            raise InvalidInput(message)
        if named and not (named.isascii() and named.isdigit() and len(named) <= 19):
            message = "x-paynow-store-id must be a store's id."
            raise InvalidInput(message)
        if header and header != named:
            message = "x-paynow-store-id names another store than the path; leave the header out."
            raise InvalidInput(message)
        if named and grant.store_id and named != grant.store_id:
            message = "The token belongs to another store than x-paynow-store-id or the path says."
            raise Forbidden(message)
        return grant.store_id or named or NO_STORE


def reads(permission: str, *, slow: bool = False) -> Access:
    """Management: an API key with this permission reads. `slow` keeps long reads off SQLite's fast path."""
    return Access("management", "reads_slowly" if slow else "reads", permission)


def writes(permission: str, *others: str, before: Preparation | None = None) -> Access:
    """Management: an API key with this permission, and with all the others, writes; the request is one transaction.

    `before` runs ahead of that transaction, with the handler's arguments, and may call the outside. It runs again when a
    request is repeated, so it must only learn things: what it keeps, the handler reads.
    """
    access = Access("management", "writes", permission, *others)
    access.before = before
    return access


def also_needs(request: Request, permission: str, what: str) -> None:
    """Refuse a caller who lacks one more permission, which an operation needs only for `what` some requests ask."""
    if permission not in request.held:
        raise Forbidden(f"{what} needs the permission {permission}, too.")


def steps(permission: str) -> Access:
    """Management, several transactions with a call to the outside between them: the handler opens each itself."""
    return Access("management", "steps", permission)


def manager_reads(permission: str) -> Access:
    """Management of no particular store: an API key with this permission, in its store, or any user, in none."""
    return Access("manager", "reads", permission)


def user_writes() -> Access:
    """Management of no particular store, by a user only."""
    return Access("user", "writes", "user")


def permissions() -> frozenset[str]:
    """Every permission that some operation needs, once the routes are imported."""
    return frozenset(_permissions)


def visitor_reads() -> Access:
    """Storefront: anyone may read; the store comes from the path, from a token or from x-paynow-store-id."""
    return Access("visitor", "reads", "")


def visitor_reads_anywhere() -> Access:
    """The same, but nobody has to name a store: whoever names none reads of `NO_STORE`, in which there is nothing."""
    access = visitor_reads()
    access.anywhere = True
    return access


def visitor_writes() -> Access:
    """Storefront: anyone may write; the store comes from a token or from x-paynow-store-id."""
    return Access("visitor", "writes", "")


def visitor_steps() -> Access:
    """Storefront: anyone may read, in several steps of which some take long; the store comes as in `visitor_reads`."""
    return Access("visitor", "steps", "")


def customer_reads() -> Access:
    """Storefront: a signed-in customer reads what is theirs."""
    return Access("customer", "reads", "customer")


def customer_writes() -> Access:
    """Storefront: a signed-in customer writes."""
    return Access("customer", "writes", "customer")


def customer_steps() -> Access:
    """Storefront: a signed-in customer writes, in several transactions that the handler opens itself."""
    return Access("customer", "steps", "customer")


def game_server_reads() -> Access:
    """Game server API: reads."""
    return Access("gameserver", "reads", "gameserver")


def game_server_writes() -> Access:
    """Game server API: writes."""
    return Access("gameserver", "writes", "gameserver")


def game_server_steps() -> Access:
    """Game server API: looks first, and opens a transaction only when there is something to do."""
    return Access("gameserver", "steps", "gameserver")


def access(annotation: Any) -> Access:
    """The marker of the first parameter; a handler that names no permission does not import."""
    marker = next((m for m in getattr(annotation, "__metadata__", ()) if isinstance(m, Access)), None)
    if marker is None:
        message = "The first parameter must be a store with a permission, such as `store: Reader`."
        raise TypeError(message)
    return marker
