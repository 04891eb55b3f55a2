"""Dictionaries that are sent inside of arguments. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired

    from sutler_sdk._generated.storefront.enums import CustomerProfilePlatform


class CreateCheckoutSessionLineInput(TypedDict):
    """`CreateCheckoutSessionLineDto` of the contract."""

    custom_variables: NotRequired[Mapping[str, str] | None]
    gift_to: NotRequired[CustomerPlatformAccountInput | None]
    gift_to_customer_id: NotRequired[str | None]
    product_id: str
    quantity: int
    selected_gameserver_id: NotRequired[str | None]
    subscription: NotRequired[bool | None]
    trial: NotRequired[bool | None]


class CustomerPlatformAccountInput(TypedDict):
    """`CustomerPlatformAccountDto` of the contract."""

    id: str
    platform: CustomerProfilePlatform
