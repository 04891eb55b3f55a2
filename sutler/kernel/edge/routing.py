"""Finds the endpoint for a path: a tree of segments, so 261 routes cost no more than five."""

from typing import Generic, TypeVar

E = TypeVar("E")


class Node(Generic[E]):
    """One segment of the known paths."""

    __slots__ = ("anything", "endpoints", "literal")

    def __init__(self) -> None:
        self.literal: dict[str, Node[E]] = {}
        self.anything: Node[E] | None = None
        self.endpoints: dict[str, E] = {}


class Tree(Generic[E]):
    """All known paths. Slashes at the end are insignificant."""

    def __init__(self) -> None:
        self._root: Node[E] = Node()

    def add(self, method: str, path: str, endpoint: E) -> None:
        """Make an endpoint known; two for one method and path are a programming error."""
        node = self._root
        for segment in segments(path):
            if segment.startswith("{"):
                node.anything = node.anything or Node()
                node = node.anything
            else:
                node = node.literal.setdefault(segment, Node())
        if method in node.endpoints:
            message = f"{method} {path} is declared twice."
            raise ValueError(message)
        node.endpoints[method] = endpoint

    def find(self, path: str) -> tuple[dict[str, E], list[str]] | None:
        """The endpoints of a path by method, and the values of its parameters; None for an unknown path."""
        values: list[str] = []
        node, parts = self._root, segments(path)
        for part in parts:
            child = node.literal.get(part)
            if child is None:
                child = node.anything
                if child is None:
                    return None
                values.append(part)
            elif node.anything is not None:  # two ways to go on: the literal one may turn out to be a dead end
                return self._search(parts)
            node = child
        return (node.endpoints, values) if node.endpoints else None

    def _search(self, parts: list[str]) -> tuple[dict[str, E], list[str]] | None:
        values: list[str] = []
        node = self._descend(self._root, parts, 0, values)
        return None if node is None else (node.endpoints, values)

    def _descend(self, node: Node[E], path: list[str], depth: int, values: list[str]) -> Node[E] | None:
        """Literal segments win (`/customers/lookup` before `/customers/{customerId}`)."""
        if depth == len(path):
            return node if node.endpoints else None
        segment = path[depth]
        child = node.literal.get(segment)
        found = self._descend(child, path, depth + 1, values) if child else None
        if found is None and node.anything is not None:
            values.append(segment)
            found = self._descend(node.anything, path, depth + 1, values)
            if found is None:
                values.pop()
        return found


def segments(path: str) -> list[str]:
    """The parts of a path between its slashes, without those at either end."""
    return path.strip("/").split("/")
