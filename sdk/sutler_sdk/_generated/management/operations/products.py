"""Operations of `products`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.products import ProductDto

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        ProductRemoveAfterIntervalScale,
        ProductSubscriptionIntervalScale,
        ProductTaxCode,
    )
    from sutler_sdk._generated.management.inputs import (
        ProductCommandInput,
        ProductDeliverableActionsInput,
        ProductPayoutSplitInput,
        ProductStockLimitInput,
        UpsertProductTrialConfigurationInput,
        UpsertProductUpsellConfigurationInput,
    )
    from sutler_sdk.transport import AsyncTransport, Transport

GET_PRODUCTS = Operation("GET", "/v1/stores/{store_id}/products", list[ProductDto])
CREATE_PRODUCT = Operation("POST", "/v1/stores/{store_id}/products", ProductDto)
UPDATE_PRODUCT_SORT_ORDER = Operation("POST", "/v1/stores/{store_id}/products/sort-order", type(None))
GET_PRODUCT = Operation("GET", "/v1/stores/{store_id}/products/{product_id}", ProductDto)
UPDATE_PRODUCT = Operation("PATCH", "/v1/stores/{store_id}/products/{product_id}", ProductDto)
DELETE_PRODUCT = Operation("DELETE", "/v1/stores/{store_id}/products/{product_id}", type(None))


class Products:
    """Operations of `products`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_products(
        self, *, product_id: Sequence[str] | None = None, slug: Sequence[str] | None = None
    ) -> list[ProductDto]:
        """Get products: `GET /v1/stores/{store_id}/products`."""
        return self._transport.call(GET_PRODUCTS, query={"product_id": product_id, "slug": slug})

    def create_product(
        self,
        *,
        allow_concurrent_active_items: bool | UnsetType | None = UNSET,
        allow_one_time_purchase: bool | UnsetType | None = UNSET,
        allow_subscription: bool | UnsetType | None = UNSET,
        commands: Sequence[ProductCommandInput] | UnsetType | None = UNSET,
        custom_variable_ids: Sequence[str] | UnsetType | None = UNSET,
        customer_stock_limit: ProductStockLimitInput | UnsetType | None = UNSET,
        deliverable_actions: ProductDeliverableActionsInput | UnsetType | None = UNSET,
        description: str | UnsetType | None = UNSET,
        enabled_at: datetime | UnsetType | None = UNSET,
        enabled_until: datetime | UnsetType | None = UNSET,
        gameservers: Sequence[str] | UnsetType | None = UNSET,
        is_affiliate_links_disabled: bool | UnsetType | None = UNSET,
        is_coupons_disabled: bool | UnsetType | None = UNSET,
        is_gift_cards_disabled: bool | UnsetType | None = UNSET,
        is_gifting_disabled: bool | UnsetType | None = UNSET,
        is_hidden: bool | UnsetType | None = UNSET,
        label: str | UnsetType | None = UNSET,
        metadata: Mapping[str, str] | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        payout_splits: Sequence[ProductPayoutSplitInput] | UnsetType | None = UNSET,
        price: int | UnsetType | None = UNSET,
        remove_after_enabled: bool | UnsetType | None = UNSET,
        remove_after_time_scale: ProductRemoveAfterIntervalScale | UnsetType | None = UNSET,
        remove_after_time_value: int | UnsetType | None = UNSET,
        required_product_all: bool | UnsetType | None = UNSET,
        required_product_ids: Sequence[str] | UnsetType | None = UNSET,
        single_game_server_only: bool | UnsetType | None = UNSET,
        slug: str | UnsetType | None = UNSET,
        stock_limit_do_not_include_removed: bool | UnsetType | None = UNSET,
        store_stock_limit: ProductStockLimitInput | UnsetType | None = UNSET,
        subscription_interval_scale: ProductSubscriptionIntervalScale | UnsetType | None = UNSET,
        subscription_interval_value: int | UnsetType | None = UNSET,
        tags: Sequence[str] | UnsetType | None = UNSET,
        tax_code: ProductTaxCode | UnsetType | None = UNSET,
        tier_group_id: str | UnsetType | None = UNSET,
        trial: UpsertProductTrialConfigurationInput | UnsetType | None = UNSET,
        upselling: UpsertProductUpsellConfigurationInput | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> ProductDto:
        """Create product: `POST /v1/stores/{store_id}/products`.

        `price`: minor units.
        """
        return self._transport.call(
            CREATE_PRODUCT,
            body={
                "allow_concurrent_active_items": allow_concurrent_active_items,
                "allow_one_time_purchase": allow_one_time_purchase,
                "allow_subscription": allow_subscription,
                "commands": commands,
                "custom_variable_ids": custom_variable_ids,
                "customer_stock_limit": customer_stock_limit,
                "deliverable_actions": deliverable_actions,
                "description": description,
                "enabled_at": enabled_at,
                "enabled_until": enabled_until,
                "gameservers": gameservers,
                "is_affiliate_links_disabled": is_affiliate_links_disabled,
                "is_coupons_disabled": is_coupons_disabled,
                "is_gift_cards_disabled": is_gift_cards_disabled,
                "is_gifting_disabled": is_gifting_disabled,
                "is_hidden": is_hidden,
                "label": label,
                "metadata": metadata,
                "name": name,
                "payout_splits": payout_splits,
                "price": price,
                "remove_after_enabled": remove_after_enabled,
                "remove_after_time_scale": remove_after_time_scale,
                "remove_after_time_value": remove_after_time_value,
                "required_product_all": required_product_all,
                "required_product_ids": required_product_ids,
                "single_game_server_only": single_game_server_only,
                "slug": slug,
                "stock_limit_do_not_include_removed": stock_limit_do_not_include_removed,
                "store_stock_limit": store_stock_limit,
                "subscription_interval_scale": subscription_interval_scale,
                "subscription_interval_value": subscription_interval_value,
                "tags": tags,
                "tax_code": tax_code,
                "tier_group_id": tier_group_id,
                "trial": trial,
                "upselling": upselling,
            },
            idempotency_key=idempotency_key,
        )

    def update_product_sort_order(self, *, product_ids: Sequence[str], idempotency_key: str | None = None) -> None:
        """Update product sort order: `POST /v1/stores/{store_id}/products/sort-order`."""
        return self._transport.call(
            UPDATE_PRODUCT_SORT_ORDER, body={"product_ids": product_ids}, idempotency_key=idempotency_key
        )

    def get_product(self, product_id: str) -> ProductDto:
        """Get product: `GET /v1/stores/{store_id}/products/{product_id}`."""
        return self._transport.call(GET_PRODUCT, path={"product_id": product_id})

    def update_product(
        self,
        product_id: str,
        *,
        allow_concurrent_active_items: bool | UnsetType | None = UNSET,
        allow_one_time_purchase: bool | UnsetType | None = UNSET,
        allow_subscription: bool | UnsetType | None = UNSET,
        commands: Sequence[ProductCommandInput] | UnsetType | None = UNSET,
        custom_variable_ids: Sequence[str] | UnsetType | None = UNSET,
        customer_stock_limit: ProductStockLimitInput | UnsetType | None = UNSET,
        deliverable_actions: ProductDeliverableActionsInput | UnsetType | None = UNSET,
        description: str | UnsetType | None = UNSET,
        enabled_at: datetime | UnsetType | None = UNSET,
        enabled_until: datetime | UnsetType | None = UNSET,
        gameservers: Sequence[str] | UnsetType | None = UNSET,
        is_affiliate_links_disabled: bool | UnsetType | None = UNSET,
        is_coupons_disabled: bool | UnsetType | None = UNSET,
        is_gift_cards_disabled: bool | UnsetType | None = UNSET,
        is_gifting_disabled: bool | UnsetType | None = UNSET,
        is_hidden: bool | UnsetType | None = UNSET,
        label: str | UnsetType | None = UNSET,
        metadata: Mapping[str, str] | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        payout_splits: Sequence[ProductPayoutSplitInput] | UnsetType | None = UNSET,
        price: int | UnsetType | None = UNSET,
        remove_after_enabled: bool | UnsetType | None = UNSET,
        remove_after_time_scale: ProductRemoveAfterIntervalScale | UnsetType | None = UNSET,
        remove_after_time_value: int | UnsetType | None = UNSET,
        required_product_all: bool | UnsetType | None = UNSET,
        required_product_ids: Sequence[str] | UnsetType | None = UNSET,
        single_game_server_only: bool | UnsetType | None = UNSET,
        slug: str | UnsetType | None = UNSET,
        stock_limit_do_not_include_removed: bool | UnsetType | None = UNSET,
        store_stock_limit: ProductStockLimitInput | UnsetType | None = UNSET,
        subscription_interval_scale: ProductSubscriptionIntervalScale | UnsetType | None = UNSET,
        subscription_interval_value: int | UnsetType | None = UNSET,
        tags: Sequence[str] | UnsetType | None = UNSET,
        tax_code: ProductTaxCode | UnsetType | None = UNSET,
        tier_group_id: str | UnsetType | None = UNSET,
        trial: UpsertProductTrialConfigurationInput | UnsetType | None = UNSET,
        upselling: UpsertProductUpsellConfigurationInput | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> ProductDto:
        """Update product: `PATCH /v1/stores/{store_id}/products/{product_id}`.

        `price`: minor units.
        """
        return self._transport.call(
            UPDATE_PRODUCT,
            path={"product_id": product_id},
            body={
                "allow_concurrent_active_items": allow_concurrent_active_items,
                "allow_one_time_purchase": allow_one_time_purchase,
                "allow_subscription": allow_subscription,
                "commands": commands,
                "custom_variable_ids": custom_variable_ids,
                "customer_stock_limit": customer_stock_limit,
                "deliverable_actions": deliverable_actions,
                "description": description,
                "enabled_at": enabled_at,
                "enabled_until": enabled_until,
                "gameservers": gameservers,
                "is_affiliate_links_disabled": is_affiliate_links_disabled,
                "is_coupons_disabled": is_coupons_disabled,
                "is_gift_cards_disabled": is_gift_cards_disabled,
                "is_gifting_disabled": is_gifting_disabled,
                "is_hidden": is_hidden,
                "label": label,
                "metadata": metadata,
                "name": name,
                "payout_splits": payout_splits,
                "price": price,
                "remove_after_enabled": remove_after_enabled,
                "remove_after_time_scale": remove_after_time_scale,
                "remove_after_time_value": remove_after_time_value,
                "required_product_all": required_product_all,
                "required_product_ids": required_product_ids,
                "single_game_server_only": single_game_server_only,
                "slug": slug,
                "stock_limit_do_not_include_removed": stock_limit_do_not_include_removed,
                "store_stock_limit": store_stock_limit,
                "subscription_interval_scale": subscription_interval_scale,
                "subscription_interval_value": subscription_interval_value,
                "tags": tags,
                "tax_code": tax_code,
                "tier_group_id": tier_group_id,
                "trial": trial,
                "upselling": upselling,
            },
            idempotency_key=idempotency_key,
        )

    def delete_product(self, product_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete product: `DELETE /v1/stores/{store_id}/products/{product_id}`."""
        return self._transport.call(DELETE_PRODUCT, path={"product_id": product_id}, idempotency_key=idempotency_key)


class AsyncProducts:
    """Operations of `products`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_products(
        self, *, product_id: Sequence[str] | None = None, slug: Sequence[str] | None = None
    ) -> list[ProductDto]:
        """Get products: `GET /v1/stores/{store_id}/products`."""
        return await self._transport.call(GET_PRODUCTS, query={"product_id": product_id, "slug": slug})

    async def create_product(
        self,
        *,
        allow_concurrent_active_items: bool | UnsetType | None = UNSET,
        allow_one_time_purchase: bool | UnsetType | None = UNSET,
        allow_subscription: bool | UnsetType | None = UNSET,
        commands: Sequence[ProductCommandInput] | UnsetType | None = UNSET,
        custom_variable_ids: Sequence[str] | UnsetType | None = UNSET,
        customer_stock_limit: ProductStockLimitInput | UnsetType | None = UNSET,
        deliverable_actions: ProductDeliverableActionsInput | UnsetType | None = UNSET,
        description: str | UnsetType | None = UNSET,
        enabled_at: datetime | UnsetType | None = UNSET,
        enabled_until: datetime | UnsetType | None = UNSET,
        gameservers: Sequence[str] | UnsetType | None = UNSET,
        is_affiliate_links_disabled: bool | UnsetType | None = UNSET,
        is_coupons_disabled: bool | UnsetType | None = UNSET,
        is_gift_cards_disabled: bool | UnsetType | None = UNSET,
        is_gifting_disabled: bool | UnsetType | None = UNSET,
        is_hidden: bool | UnsetType | None = UNSET,
        label: str | UnsetType | None = UNSET,
        metadata: Mapping[str, str] | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        payout_splits: Sequence[ProductPayoutSplitInput] | UnsetType | None = UNSET,
        price: int | UnsetType | None = UNSET,
        remove_after_enabled: bool | UnsetType | None = UNSET,
        remove_after_time_scale: ProductRemoveAfterIntervalScale | UnsetType | None = UNSET,
        remove_after_time_value: int | UnsetType | None = UNSET,
        required_product_all: bool | UnsetType | None = UNSET,
        required_product_ids: Sequence[str] | UnsetType | None = UNSET,
        single_game_server_only: bool | UnsetType | None = UNSET,
        slug: str | UnsetType | None = UNSET,
        stock_limit_do_not_include_removed: bool | UnsetType | None = UNSET,
        store_stock_limit: ProductStockLimitInput | UnsetType | None = UNSET,
        subscription_interval_scale: ProductSubscriptionIntervalScale | UnsetType | None = UNSET,
        subscription_interval_value: int | UnsetType | None = UNSET,
        tags: Sequence[str] | UnsetType | None = UNSET,
        tax_code: ProductTaxCode | UnsetType | None = UNSET,
        tier_group_id: str | UnsetType | None = UNSET,
        trial: UpsertProductTrialConfigurationInput | UnsetType | None = UNSET,
        upselling: UpsertProductUpsellConfigurationInput | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> ProductDto:
        """Create product: `POST /v1/stores/{store_id}/products`.

        `price`: minor units.
        """
        return await self._transport.call(
            CREATE_PRODUCT,
            body={
                "allow_concurrent_active_items": allow_concurrent_active_items,
                "allow_one_time_purchase": allow_one_time_purchase,
                "allow_subscription": allow_subscription,
                "commands": commands,
                "custom_variable_ids": custom_variable_ids,
                "customer_stock_limit": customer_stock_limit,
                "deliverable_actions": deliverable_actions,
                "description": description,
                "enabled_at": enabled_at,
                "enabled_until": enabled_until,
                "gameservers": gameservers,
                "is_affiliate_links_disabled": is_affiliate_links_disabled,
                "is_coupons_disabled": is_coupons_disabled,
                "is_gift_cards_disabled": is_gift_cards_disabled,
                "is_gifting_disabled": is_gifting_disabled,
                "is_hidden": is_hidden,
                "label": label,
                "metadata": metadata,
                "name": name,
                "payout_splits": payout_splits,
                "price": price,
                "remove_after_enabled": remove_after_enabled,
                "remove_after_time_scale": remove_after_time_scale,
                "remove_after_time_value": remove_after_time_value,
                "required_product_all": required_product_all,
                "required_product_ids": required_product_ids,
                "single_game_server_only": single_game_server_only,
                "slug": slug,
                "stock_limit_do_not_include_removed": stock_limit_do_not_include_removed,
                "store_stock_limit": store_stock_limit,
                "subscription_interval_scale": subscription_interval_scale,
                "subscription_interval_value": subscription_interval_value,
                "tags": tags,
                "tax_code": tax_code,
                "tier_group_id": tier_group_id,
                "trial": trial,
                "upselling": upselling,
            },
            idempotency_key=idempotency_key,
        )

    async def update_product_sort_order(self, *, product_ids: Sequence[str], idempotency_key: str | None = None) -> None:
        """Update product sort order: `POST /v1/stores/{store_id}/products/sort-order`."""
        return await self._transport.call(
            UPDATE_PRODUCT_SORT_ORDER, body={"product_ids": product_ids}, idempotency_key=idempotency_key
        )

    async def get_product(self, product_id: str) -> ProductDto:
        """Get product: `GET /v1/stores/{store_id}/products/{product_id}`."""
        return await self._transport.call(GET_PRODUCT, path={"product_id": product_id})

    async def update_product(
        self,
        product_id: str,
        *,
        allow_concurrent_active_items: bool | UnsetType | None = UNSET,
        allow_one_time_purchase: bool | UnsetType | None = UNSET,
        allow_subscription: bool | UnsetType | None = UNSET,
        commands: Sequence[ProductCommandInput] | UnsetType | None = UNSET,
        custom_variable_ids: Sequence[str] | UnsetType | None = UNSET,
        customer_stock_limit: ProductStockLimitInput | UnsetType | None = UNSET,
        deliverable_actions: ProductDeliverableActionsInput | UnsetType | None = UNSET,
        description: str | UnsetType | None = UNSET,
        enabled_at: datetime | UnsetType | None = UNSET,
        enabled_until: datetime | UnsetType | None = UNSET,
        gameservers: Sequence[str] | UnsetType | None = UNSET,
        is_affiliate_links_disabled: bool | UnsetType | None = UNSET,
        is_coupons_disabled: bool | UnsetType | None = UNSET,
        is_gift_cards_disabled: bool | UnsetType | None = UNSET,
        is_gifting_disabled: bool | UnsetType | None = UNSET,
        is_hidden: bool | UnsetType | None = UNSET,
        label: str | UnsetType | None = UNSET,
        metadata: Mapping[str, str] | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        payout_splits: Sequence[ProductPayoutSplitInput] | UnsetType | None = UNSET,
        price: int | UnsetType | None = UNSET,
        remove_after_enabled: bool | UnsetType | None = UNSET,
        remove_after_time_scale: ProductRemoveAfterIntervalScale | UnsetType | None = UNSET,
        remove_after_time_value: int | UnsetType | None = UNSET,
        required_product_all: bool | UnsetType | None = UNSET,
        required_product_ids: Sequence[str] | UnsetType | None = UNSET,
        single_game_server_only: bool | UnsetType | None = UNSET,
        slug: str | UnsetType | None = UNSET,
        stock_limit_do_not_include_removed: bool | UnsetType | None = UNSET,
        store_stock_limit: ProductStockLimitInput | UnsetType | None = UNSET,
        subscription_interval_scale: ProductSubscriptionIntervalScale | UnsetType | None = UNSET,
        subscription_interval_value: int | UnsetType | None = UNSET,
        tags: Sequence[str] | UnsetType | None = UNSET,
        tax_code: ProductTaxCode | UnsetType | None = UNSET,
        tier_group_id: str | UnsetType | None = UNSET,
        trial: UpsertProductTrialConfigurationInput | UnsetType | None = UNSET,
        upselling: UpsertProductUpsellConfigurationInput | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> ProductDto:
        """Update product: `PATCH /v1/stores/{store_id}/products/{product_id}`.

        `price`: minor units.
        """
        return await self._transport.call(
            UPDATE_PRODUCT,
            path={"product_id": product_id},
            body={
                "allow_concurrent_active_items": allow_concurrent_active_items,
                "allow_one_time_purchase": allow_one_time_purchase,
                "allow_subscription": allow_subscription,
                "commands": commands,
                "custom_variable_ids": custom_variable_ids,
                "customer_stock_limit": customer_stock_limit,
                "deliverable_actions": deliverable_actions,
                "description": description,
                "enabled_at": enabled_at,
                "enabled_until": enabled_until,
                "gameservers": gameservers,
                "is_affiliate_links_disabled": is_affiliate_links_disabled,
                "is_coupons_disabled": is_coupons_disabled,
                "is_gift_cards_disabled": is_gift_cards_disabled,
                "is_gifting_disabled": is_gifting_disabled,
                "is_hidden": is_hidden,
                "label": label,
                "metadata": metadata,
                "name": name,
                "payout_splits": payout_splits,
                "price": price,
                "remove_after_enabled": remove_after_enabled,
                "remove_after_time_scale": remove_after_time_scale,
                "remove_after_time_value": remove_after_time_value,
                "required_product_all": required_product_all,
                "required_product_ids": required_product_ids,
                "single_game_server_only": single_game_server_only,
                "slug": slug,
                "stock_limit_do_not_include_removed": stock_limit_do_not_include_removed,
                "store_stock_limit": store_stock_limit,
                "subscription_interval_scale": subscription_interval_scale,
                "subscription_interval_value": subscription_interval_value,
                "tags": tags,
                "tax_code": tax_code,
                "tier_group_id": tier_group_id,
                "trial": trial,
                "upselling": upselling,
            },
            idempotency_key=idempotency_key,
        )

    async def delete_product(self, product_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete product: `DELETE /v1/stores/{store_id}/products/{product_id}`."""
        return await self._transport.call(DELETE_PRODUCT, path={"product_id": product_id}, idempotency_key=idempotency_key)
