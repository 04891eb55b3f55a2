"""What operations of `navlinks` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from sutler_sdk._wire import Model


class StorefrontNavLinkDto(Model, frozen=True, kw_only=True):
    """`StorefrontNavLinkDto` of the contract."""

    children: list[StorefrontNavLinkDto]
    name: str
    node_id: str
    order: int
    parent_node_id: str | None = None
    tag_id: str
    tag_query: list[str]
    tag_slug: str
