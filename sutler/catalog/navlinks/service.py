"""Arranging the navigation. Whoever changes it locks the store's row first, so that no two changes make a circle."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec import UNSET

from sutler.catalog.navlinks.models import NavLink
from sutler.catalog.navlinks.queries import Tree
from sutler.catalog.navlinks.schemas import MOST_NODES, CreateNavLinkDto, UpdateNavLinkDto, UpdateNavLinkOrderChangeDto
from sutler.catalog.tags.models import Tag
from sutler.catalog.tags.service import remove, tags
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import Conflict, FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import given
from sutler.stores.stores.models import Store

DEEPEST: Final = 5
LARGEST_ORDER: Final = 2**31 - 1


class TooManyNavLinks(Conflict):
    """The navigation has 500 nodes already. Delete one first."""


async def create(store: StoreContext, new: CreateNavLinkDto) -> NavLink:
    """A new node. InvalidInput when its tag or its parent is not there, or it would be too deep."""
    tree = await _locked(store)
    tag = await _tag(store, new.tag_id)
    parent = _parent(tree, None if new.parent_node_id is UNSET else new.parent_node_id)
    _refuse_too_deep(tree.depth(parent) + 1)
    if len(tree.nodes) >= MOST_NODES:
        raise TooManyNavLinks
    last = max((node.sort_order for node in tree.below(parent)), default=-1)
    order = min(last + 1, LARGEST_ORDER) if new.order is None else new.order
    return await store.add(NavLink(tag_id=tag.id, parent_node_id=parent, sort_order=order))


async def update(store: StoreContext, id: FlakeId, changes: UpdateNavLinkDto) -> NavLink:
    """Change what is given. A node takes everything below it along, and cannot go below itself."""
    tree = await _locked(store)
    node = _node(tree, id)
    asked, values = given(changes), dict[str, Any]()
    if asked.get("tag_id") is not None:
        values["tag_id"] = (await _tag(store, asked["tag_id"])).id
    if asked.get("order") is not None:
        values["sort_order"] = asked["order"]
    if "parent_node_id" in asked:
        values["parent_node_id"] = parent = _parent(tree, asked["parent_node_id"])
        if parent == id or parent in {below.id for below in tree.walk(id)}:
            raise _refused("A node cannot be below itself.", "parent_node_id")
        _refuse_too_deep(tree.depth(parent) + tree.height(id))
    return await store.change(node, values)


async def arrange(store: StoreContext, changes: Sequence[UpdateNavLinkOrderChangeDto]) -> None:
    """Give nodes their order, all of them or none. InvalidInput names every node that is not there or named twice."""
    tree = await _locked(store)
    problems, seen = [], set[FlakeId]()
    for number, change in enumerate(changes):
        if change.node_id not in tree.nodes or change.node_id in seen:
            text = f"The node {change.node_id} is named twice." if change.node_id in seen else _unknown(change.node_id)
            problems.append(FieldError("Invalid", text, f"[{number}].node_id", "node"))
        seen.add(change.node_id)
    if problems:
        raise InvalidInput(problems[0].message, problems)
    for change in changes:
        node = tree.nodes[change.node_id]
        if node.sort_order != change.order:
            await store.change(node, {"sort_order": change.order})


async def delete(store: StoreContext, id: FlakeId) -> None:
    """Delete a node. What is below it moves up to where it was; NotFound if there is no such node."""
    tree = await _locked(store)
    await _take_out(store, tree, [_node(tree, id)])


async def delete_tag_and_nodes(store: StoreContext, tag_id: FlakeId) -> None:
    """Delete a tag with its image and its nodes, whose children move up; NotFound if there is no such tag."""
    tree = await _locked(store)
    tag = await store.get(Tag, tag_id)
    await _take_out(store, tree, [node for node in tree.nodes.values() if node.tag_id == tag_id])
    await remove(store, tag)


async def _take_out(store: StoreContext, tree: Tree, nodes: Iterable[NavLink]) -> None:
    """Their children get the next ancestor that stays as their parent."""
    leaving = {node.id: node for node in nodes}
    for id, node in leaving.items():
        parent = node.parent_node_id
        while parent in leaving:
            parent = leaving[parent].parent_node_id
        for child in tree.below(id):
            if child.id not in leaving:
                await store.change(child, {"parent_node_id": parent})
        await store.remove(node)


async def _locked(store: StoreContext) -> Tree:
    """The tree, which nobody else changes until this transaction ends."""
    await store.get(Store, store.store_id)
    return await Tree.of(store)


def _node(tree: Tree, id: FlakeId) -> NavLink:
    if id not in tree.nodes:
        raise NotFound(_unknown(id))
    return tree.nodes[id]


def _parent(tree: Tree, id: str | None) -> FlakeId | None:
    if id and id not in tree.nodes:
        raise _refused(_unknown(id), "parent_node_id")
    return id or None


async def _tag(store: StoreContext, id: FlakeId) -> Tag:
    for tag in (await tags(store, [id])).values():
        return tag
    raise _refused(f"There is no tag {id} in this store.", "tag_id")


def _refuse_too_deep(depth: int) -> None:
    if depth > DEEPEST:
        raise _refused(f"The navigation has {DEEPEST} levels at most.", "parent_node_id")


def _unknown(id: str) -> str:
    return f"There is no node {id} in the navigation of this store."


def _refused(text: str, path: str) -> InvalidInput:
    return InvalidInput(text, [FieldError("Invalid", text, path, "value")])
