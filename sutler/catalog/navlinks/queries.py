"""The tree of a store's navigation: read with two statements, and walked from the top down."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Self

from sutler.catalog.navlinks.models import NavLink
from sutler.catalog.navlinks.schemas import NavLinkDto, StorefrontNavLinkDto
from sutler.catalog.tags.models import Tag
from sutler.catalog.tags.service import tags
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId


class Tree:
    """The nodes of a store by their parent, in the order of the shop."""

    def __init__(self, nodes: Iterable[NavLink]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self._below: dict[FlakeId | None, list[NavLink]] = defaultdict(list)
        for node in sorted(self.nodes.values(), key=lambda node: (node.sort_order, int(node.id))):
            self._below[node.parent_node_id].append(node)

    @classmethod
    async def of(cls, store: StoreContext) -> Self:
        """The whole navigation."""
        return cls(await store.all(store.rows(NavLink)))

    def below(self, id: FlakeId | None) -> list[NavLink]:
        """The children of a node, or the nodes at the top."""
        return self._below.get(id, [])

    def walk(self, id: FlakeId | None = None) -> Iterator[NavLink]:
        """Every node below this one, each before its own children."""
        for node in self.below(id):
            yield node
            yield from self.walk(node.id)

    def depth(self, id: FlakeId | None) -> int:
        """How many levels a node is from the top: 1 for those at the top."""
        return 0 if id is None else 1 + self.depth(self.nodes[id].parent_node_id)

    def height(self, id: FlakeId) -> int:
        """How many levels a node and what is below it take: 1 for a node without children."""
        return 1 + max((self.height(child.id) for child in self.below(id)), default=0)


async def shown(store: StoreContext, nodes: Iterable[NavLink]) -> list[NavLinkDto]:
    """Nodes for those who manage the store, in this order; not those whose tag is being deleted meanwhile."""
    wanted = list(nodes)
    known = await tags(store, (node.tag_id for node in wanted))
    return [_shown(node, known[node.tag_id]) for node in wanted if node.tag_id in known]


def _shown(node: NavLink, tag: Tag) -> NavLinkDto:
    return NavLinkDto(node.id, tag.id, node.parent_node_id, tag.slug, tag.name, node.sort_order)


async def displayed(store: StoreContext) -> list[StorefrontNavLinkDto]:
    """The tree for visitors. A node whose tag is disabled is left out with everything below it."""
    tree = await Tree.of(store)
    known = await tags(store, (node.tag_id for node in tree.nodes.values()))
    return _displayed(tree, {id: tag for id, tag in known.items() if tag.enabled}, None, [])


def _displayed(tree: Tree, known: dict[FlakeId, Tag], id: FlakeId | None, above: list[str]) -> list[StorefrontNavLinkDto]:
    found = []
    for node in tree.below(id):
        tag = known.get(node.tag_id)
        if tag is not None:
            query = [*above, tag.slug]
            children = _displayed(tree, known, node.id, query)
            found.append(
                StorefrontNavLinkDto(
                    node.id, node.parent_node_id, tag.id, tag.slug, query, tag.name, node.sort_order, children
                )
            )
    return found
