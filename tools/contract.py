"""Turns the published OpenAPI documents of the reference platform into the bare facts that the tests check against.

    python -m tools.contract DIR      # reads DIR/<api>.json, writes tests/contract/<api>.json

Prose is dropped (descriptions, summaries, titles, examples, contacts and every `x-` member); paths, methods,
operation ids, tags, parameters, schemas, enums, formats, security and status codes stay.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

APIS = ("management-api", "storefront-api", "gameserver-api", "webhook-definitions")
TARGET = Path(__file__).resolve().parent.parent / "tests" / "contract"

PROSE = {"description", "summary", "title", "example", "examples", "contact", "termsOfService", "externalDocs", "info"}
# The keys of these objects are names that the contract chose (`description` is a field of a product, for instance).
NAMED = {
    "callbacks",
    "content",
    "headers",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "webhooks",
}
# Their values are data and not parts of a document.
DATA = {"const", "default", "enum", "required", "security"}


def facts(node: Any) -> Any:
    """A part of a document without its prose."""
    if isinstance(node, list):
        return [facts(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {key: member(key, part) for key, part in sorted(node.items()) if key not in PROSE and not key.startswith("x-")}


def member(key: str, part: Any) -> Any:
    """What stays of one member: names and data as they are, everything else without its prose."""
    if key in DATA:
        return part
    if key in NAMED and isinstance(part, dict):
        return {name: facts(value) for name, value in sorted(part.items())}
    return facts(part)


def compact(document: dict[str, Any]) -> str:
    """The document as JSON, a line for each path, schema or webhook: a change of the contract is a short diff."""
    return "{\n" + ",\n".join(lines(document, depth=2)) + "\n}\n"


def lines(node: dict[str, Any], depth: int) -> Iterable[str]:
    """The members of an object, those of its objects on lines of their own down to a depth."""
    for key, value in node.items():
        name = json.dumps(key)
        if depth and isinstance(value, dict) and value and key in NAMED | {"components"}:
            yield f"{name}:{{\n" + ",\n".join(lines(value, depth - 1)) + "\n}"
        else:
            yield f"{name}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"


def main() -> None:
    """Rewrites tests/contract/<api>.json."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the four published documents are")
    folder = parser.parse_args().folder
    for api in APIS:
        document = json.loads((folder / f"{api}.json").read_text(encoding="utf-8"))
        (TARGET / f"{api}.json").write_text(compact(facts(document)), encoding="utf-8")


if __name__ == "__main__":
    main()
