"""From a request to the columns of a product, and back to what a request for the same product would say."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import structs

from sutler.catalog.product_rules.service import LIMITS, life, stock_limit
from sutler.catalog.products.models import Product, ProductCommand, StockLimit, Upselling
from sutler.catalog.products.schemas import (
    ProductCommandDto,
    ProductDeliverableActionsDto,
    ProductStockLimitDto,
    ProductUpsellConfigurationDto,
    ProductUpsellRecommendationDto,
    UpsertProductUpsellConfigurationDto,
)
from sutler.catalog.recommendations.service import kept
from sutler.catalog.recurring import service as recurring
from sutler.kernel import clock
from sutler.kernel.wire import given

SWITCHES: Final = {
    "single_game_server_only": False,
    "remove_after_enabled": False,
    "stock_limit_do_not_include_removed": False,
    "required_product_all": False,
    "allow_concurrent_active_items": True,
    "is_hidden": False,
    "is_gifting_disabled": False,
    "is_gift_cards_disabled": False,
    "is_coupons_disabled": False,
    "is_affiliate_links_disabled": False,
}
"""What is on or off, and which of them it usually is."""

LISTS: Final = {
    "gameservers": "gameserver_ids",
    "tags": "tag_ids",
    "required_product_ids": "required_product_ids",
    "custom_variable_ids": "custom_variable_ids",
}
"""Lists of ids in requests, and the columns that keep them."""

SAME: Final = (
    "slug", "name", "description", "label", "image_url", "price", "metadata", "tax_code", "enabled_at", "enabled_until",
    "remove_after_time_value", "remove_after_time_scale", "tier_group_id", *SWITCHES, *recurring.USUAL,
)  # fmt: skip
"""Members whose columns have the same name and the same form."""


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a product of these values, all but its slug and its place; the values have passed the rules."""
    number, scale = life(values.get("remove_after_time_value"), values.get("remove_after_time_scale"))
    found = {
        "name": values["name"].strip(),
        "description": values.get("description") or "",
        "label": (values.get("label") or "").strip() or None,
        "image_url": values.get("image_url"),
        "price": values["price"],
        "metadata": values.get("metadata") or {},
        "tax_code": values.get("tax_code") or "unknown",
        "enabled_at": values.get("enabled_at") or clock.now(),
        "enabled_until": values.get("enabled_until"),
        "remove_after_time_value": number,
        "remove_after_time_scale": scale,
        "commands": [_command(command) for command in values.get("commands") or ()],
        "tier_group_id": values.get("tier_group_id"),
        "trial": recurring.trial(values.get("trial")),
    }
    actions = values.get("deliverable_actions")
    found["grant_giftcard"] = actions is not None and actions.grant_giftcard
    found["upselling"] = upselling(values.get("upselling"))
    found |= recurring.columns(values)
    found |= {name: usual if values.get(name) is None else values[name] for name, usual in SWITCHES.items()}
    found |= {column: list(dict.fromkeys(values.get(name) or ())) for name, column in LISTS.items()}
    return found | {name: stock_limit(values.get(name)) for name in LIMITS}


def described(product: Product) -> dict[str, Any]:
    """The members of a request that would make this very product."""
    found = {name: getattr(product, name) for name in SAME}
    found |= {name: getattr(product, column) for name, column in LISTS.items()}
    found |= {name: shown_limit(getattr(product, name)) for name in LIMITS}
    found |= {"deliverable_actions": shown_actions(product), "upselling": shown_upselling(product)}
    found["trial"] = recurring.shown_trial(product.trial)
    return found | {"commands": [shown_command(command) for command in product.commands]}


def upselling(asked: UpsertProductUpsellConfigurationDto | ProductUpsellConfigurationDto | None) -> Upselling:
    """What is offered with a product, as it is kept: nothing unless said otherwise."""
    if asked is None:
        return Upselling()
    return Upselling(asked.enabled is True, kept(asked.recommendations or []))


def shown_upselling(product: Product) -> ProductUpsellConfigurationDto:
    """What is offered with a product, as it is shown."""
    offered = [ProductUpsellRecommendationDto(**structs.asdict(one)) for one in product.upselling.recommendations]
    return ProductUpsellConfigurationDto(product.upselling.enabled, offered)


def changed_upselling(
    product: Product, asked: UpsertProductUpsellConfigurationDto | None
) -> ProductUpsellConfigurationDto | None:
    """What is to be offered with a product after a change, which may leave out parts that stay."""
    return None if asked is None else structs.replace(shown_upselling(product), **given(asked))


def shown_actions(product: Product) -> ProductDeliverableActionsDto:
    """What a unit gives besides running commands."""
    return ProductDeliverableActionsDto(grant_giftcard=product.grant_giftcard)


def shown_limit(limit: StockLimit) -> ProductStockLimitDto:
    """A limit as it is sent and shown."""
    return ProductStockLimitDto(
        enabled=limit.enabled,
        quantity=limit.quantity,
        time_value=limit.time_value,
        time_scale=limit.time_scale,
        include_trials=limit.include_trials,
    )


def shown_command(command: ProductCommand) -> ProductCommandDto:
    """A command as it is sent and shown."""
    return ProductCommandDto(
        stage=command.stage,
        content=command.content,
        online_only=command.online_only,
        override_execute_on_gameserver_ids=command.override_execute_on_gameserver_ids,
    )


def _command(command: ProductCommandDto) -> ProductCommand:
    """An empty list of servers means the usual ones, like none at all."""
    override = list(dict.fromkeys(command.override_execute_on_gameserver_ids or ())) or None
    return ProductCommand(command.stage, command.content, command.online_only, override)
