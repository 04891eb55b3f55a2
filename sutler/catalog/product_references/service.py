"""Whether the tags, game servers, variables and products that a product is to refer to are in its store."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sutler.catalog.custom_variables.service import custom_variables
from sutler.catalog.product_rules.service import recommended
from sutler.catalog.products.models import Product
from sutler.catalog.products.queries import kept
from sutler.catalog.tags.service import tags
from sutler.catalog.tier_groups.models import TierGroup
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.service import game_servers

Named = list[tuple[FlakeId, str]]


async def unknown(store: StoreContext, asked: Mapping[str, Any], itself: FlakeId | None = None) -> list[FieldError]:
    """Everything in these members of a request that is not there. A product does not require itself."""
    servers = _listed(asked, "gameservers") + _overrides(asked.get("commands") or ())
    found = _missing(servers, await game_servers(store, _ids(servers)), "game server", "InvalidGameServer")
    marks = _listed(asked, "tags")
    found += _missing(marks, await tags(store, _ids(marks)), "tag", "InvalidTag")
    required = _listed(asked, "required_product_ids")
    offered = [
        (one.recommended_product_id, f"upselling.recommendations[{number}].recommended_product_id")
        for number, one in enumerate(recommended(asked))
    ]
    asked_for = _listed(asked, "custom_variable_ids")
    known = await custom_variables(store, _ids(asked_for))
    found += _missing(asked_for, known, "custom variable", "InvalidCustomVariable")
    steps = [(asked["tier_group_id"], "tier_group_id")] if asked.get("tier_group_id") else []
    found += _missing(steps, await _tier_groups(store, _ids(steps)), "tier group", "InvalidTierGroup")
    found += _missing(offered, await _products(store, _ids(offered), None), "product", "InvalidProduct")
    return found + _missing(required, await _products(store, _ids(required), itself), "other product", "InvalidProduct")


def _listed(asked: Mapping[str, Any], name: str) -> Named:
    return [(id, f"{name}[{number}]") for number, id in enumerate(asked.get(name) or ())]


def _overrides(commands: Sequence[Any]) -> Named:
    return [
        (id, f"commands[{number}].override_execute_on_gameserver_ids[{place}]")
        for number, command in enumerate(commands)
        for place, id in enumerate(command.override_execute_on_gameserver_ids or ())
    ]


def _ids(named: Named) -> list[FlakeId]:
    return [id for id, _ in named]


def _missing(named: Named, known: Collection[FlakeId], kind: str, code: str) -> list[FieldError]:
    text = f"There is no {kind} {{}} in this store."
    validation = kind.rpartition(" ")[2] if kind != "game server" else "gameserver"
    return [FieldError(code, text.format(id), path, validation) for id, path in named if id not in known]


async def _products(store: StoreContext, ids: Sequence[FlakeId], itself: FlakeId | None) -> set[FlakeId]:
    if not ids:
        return set()
    found = await store.all(kept(store).where(one_of_ids(Product.c.id, sorted(set(ids)))))
    return {product.id for product in found} - {itself or ""}


async def _tier_groups(store: StoreContext, ids: Sequence[FlakeId]) -> set[FlakeId]:
    return (
        {group.id for group in await store.all(store.rows(TierGroup).where(one_of_ids(TierGroup.c.id, ids)))}
        if ids
        else set()
    )
