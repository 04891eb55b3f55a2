"""Writes docs/discussions/permissions.md: who may do what.

python -m tools.permissions
"""

from collections.abc import Iterable

from sutler.app import routes
from sutler.kernel.edge.http import Route
from tools.markdown import table
from tools.sources import ROOT

PAGE = ROOT / "docs" / "discussions" / "permissions.md"
HEAD = """\
# Who may do what

Every operation of the Management API needs one permission. An API key has a list of its own, and works in one store.
A user may do in each store what their role there lists; the owner of a store may do everything, a member without a
role nothing. Both kinds are asked in the same place, before anything else of a request is looked at.

Permissions are named after what they are about and what is done to it: `customer_read`, `ban_delete`. `*` stands for
all of them, those of later versions included.

Three rules keep anybody from making themselves more powerful:

- Members give and take only what they may do themselves. That holds for the role that somebody gets, for the one they
  had, and for members who are removed.
- The owner cannot be removed and needs no role. A store is handed over on the machine that it runs on: `sutler member
  own`.
- API keys and users are made on that machine, too; no key can make another.

A user says who they are with `Authorization: User TOKEN`. `sutler user token` makes such a token, or signing in does,
with the password and a code of the second factor if there is one. A changed role, a removed member, a revoked key and
a disabled user take effect in every process at once where the database passes signals on, and within three seconds
where it does not.

Customers and game servers have tokens of their own kind, which open the Storefront API and the Game Server API, and
no more.

This table is written from the operations themselves by `python -m tools.permissions`; do not edit the page.

"""


def page(known: Iterable[Route]) -> str:
    """The whole page for these operations."""
    by_permission: dict[str, list[str]] = {}
    for route in known:
        access = route.signature.access
        if access.audience in ("management", "manager"):
            by_permission.setdefault(access.permission, []).append(f"`{route.operation}`")
    rows = [(f"`{name}`", ", ".join(sorted(found))) for name, found in sorted(by_permission.items())]
    return HEAD + table(("permission", "operations"), rows)


def main() -> None:
    """Writes the page."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(routes()), encoding="utf-8")


if __name__ == "__main__":
    main()
