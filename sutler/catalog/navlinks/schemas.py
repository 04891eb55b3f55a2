"""The navigation as managers send and see it, and as visitors see it."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Wire

MOST_NODES = 500
Parent = Annotated[str, Meta(max_length=19)]


class CreateNavLinkDto(Wire):
    """A new node. Without `parent_node_id` it is at the top; without `order` it comes last."""

    tag_id: FlakeId
    parent_node_id: Parent | UnsetType | None = UNSET
    order: Int32 | None = None


class UpdateNavLinkDto(Wire):
    """What changes about a node. `parent_node_id: null` moves it to the top."""

    tag_id: FlakeId | UnsetType | None = UNSET
    parent_node_id: Parent | UnsetType | None = UNSET
    order: Int32 | UnsetType | None = UNSET


class UpdateNavLinkOrderChangeDto(Wire):
    """Where a node stands among its siblings."""

    node_id: FlakeId
    order: Int32


Orders = Annotated[list[UpdateNavLinkOrderChangeDto], Meta(max_length=MOST_NODES)]


class NavLinkDto(Struct):
    """A node as managers see it. Its name and slug are those of its tag."""

    node_id: str
    tag_id: FlakeId
    parent_node_id: str | None
    tag_slug: str
    name: str
    order: Int32 | None


class StorefrontNavLinkDto(Struct):
    """A node as visitors see it. `tag_query` has the slugs from the top down to it: its products carry all of these tags."""

    node_id: str
    parent_node_id: str | None
    tag_id: FlakeId
    tag_slug: str
    tag_query: list[str]
    name: str
    order: Int32
    children: list["StorefrontNavLinkDto"]
