"""What operations of `navlinks` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from sutler_sdk._wire import Model


class NavLinkDto(Model, frozen=True, kw_only=True):
    """`NavLinkDto` of the contract."""

    name: str
    node_id: str
    order: int | None = None
    parent_node_id: str | None = None
    tag_id: str
    tag_slug: str
