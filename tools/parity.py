"""Writes docs/parity.md: which operations of the contract Sutler has, and what it adds.

python -m tools.parity
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sutler.app import documents
from tests.contract.compare import Verdict, compare, counts, own_operations
from tests.contract.reference import APIS, WEBHOOKS
from tools.markdown import table
from tools.sources import ROOT

PAGE = ROOT / "docs" / "parity.md"
NAMES = {
    "management-api": "Management API",
    "storefront-api": "Storefront API",
    "gameserver-api": "Game Server API",
    "webhook-definitions": "Webhooks",
}
HEAD = """\
# Parity

What Sutler has of the contract. Written by `make docs` from the OpenAPI documents that Sutler serves; do not edit.

An operation *conforms* when it has the contract's path, method, tag and operation id, takes at least what the contract
lets clients send, and promises at least what the contract promises. It is *missing* when Sutler does not have it yet.

"""


def page(ours: Mapping[str, dict[str, Any]]) -> str:
    """The whole page for the documents that we serve, by the name of their API."""
    verdicts = {api: compare(api, ours.get(api, {})) for api in APIS}
    parts = [totals(verdicts), *(section(api, found) for api, found in verdicts.items()), additions(verdicts, ours)]
    return HEAD + "\n".join(part for part in parts if part)


def totals(verdicts: Mapping[str, list[Verdict]]) -> str:
    """How far each API is."""
    rows = [(NAMES[api], counts(found), len(found)) for api, found in verdicts.items()]
    return table(
        ("", "of the contract", "conforms", "differs", "missing"),
        [
            (name, str(total), str(state["conforms"]), str(state["differs"]), str(state["missing"]))
            for name, state, total in rows
        ],
    )


def section(api: str, verdicts: Iterable[Verdict]) -> str:
    """One API, tag by tag."""
    by_tag: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_tag.setdefault(verdict.tag, []).append(verdict)
    if api == WEBHOOKS:
        return f"## {NAMES[api]}\n\n" + events(by_tag)
    return f"## {NAMES[api]}\n\n" + "\n".join(operations(tag, found) for tag, found in by_tag.items())


def operations(tag: str, verdicts: list[Verdict]) -> str:
    """The operations of one tag."""
    done = counts(verdicts)["conforms"]
    rows = [(verdict.operation_id, f"`{verdict.method} {verdict.path}`", state(verdict)) for verdict in verdicts]
    return f"### {tag} ({done} of {len(verdicts)})\n\n" + table(("operation", "path", "state"), rows)


def events(by_tag: Mapping[str, list[Verdict]]) -> str:
    """The webhooks, which have no paths."""
    return table(("event", "state"), [(f"`{v.path}`", state(v)) for found in by_tag.values() for v in found])


def state(verdict: Verdict) -> str:
    """The state, and every difference."""
    return "<br>".join([verdict.state, *verdict.differences])


def additions(verdicts: Mapping[str, list[Verdict]], ours: Mapping[str, dict[str, Any]]) -> str:
    """What we answer that the contract does not know: whoever reads this sees at once if something private leaks."""
    own = [(operation.operation_id, f"`{operation.method.upper()} {operation.path}`")
           for api in APIS for operation in own_operations(api, ours.get(api, {}))]  # fmt: skip
    extra = [
        (v.operation_id, ", ".join(f"`{name}`" for name in v.additions))
        for found in verdicts.values()
        for v in found
        if v.additions
    ]
    parts = ["## Beyond the contract\n"]
    if own:
        parts.append(table(("operation of ours", "path"), own))
    if extra:
        parts.append(table(("operation", "properties of ours in its answer"), extra))
    if not own + extra:
        parts.append("Nothing.\n")
    return "\n".join(parts)


def main() -> None:
    """Writes the page."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(documents()), encoding="utf-8")


if __name__ == "__main__":
    main()
