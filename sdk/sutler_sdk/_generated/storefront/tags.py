"""The attributes of a client, one for each tag, loaded when they are used first. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sutler_sdk._generated.storefront.operations.cart import AsyncCart, Cart
    from sutler_sdk._generated.storefront.operations.checkout import AsyncCheckout, Checkout
    from sutler_sdk._generated.storefront.operations.customer import AsyncCustomer, Customer
    from sutler_sdk._generated.storefront.operations.delivery import AsyncDelivery, Delivery
    from sutler_sdk._generated.storefront.operations.discord import AsyncDiscord, Discord
    from sutler_sdk._generated.storefront.operations.navlinks import AsyncNavlinks, Navlinks
    from sutler_sdk._generated.storefront.operations.orders import AsyncOrders, Orders
    from sutler_sdk._generated.storefront.operations.products import AsyncProducts, Products
    from sutler_sdk._generated.storefront.operations.store import AsyncStore, Store
    from sutler_sdk._generated.storefront.operations.subscriptions import AsyncSubscriptions, Subscriptions
    from sutler_sdk._generated.storefront.operations.tags import AsyncTags, Tags
    from sutler_sdk._generated.storefront.operations.tier_groups import AsyncTierGroups, TierGroups
    from sutler_sdk.transport import AsyncTransport, Transport


class StorefrontTags:
    """Operations of the storefront API by their tags."""

    _transport: Transport

    @cached_property
    def cart(self) -> Cart:
        """Operations of `cart`."""
        from sutler_sdk._generated.storefront.operations.cart import Cart

        return Cart(self._transport)

    @cached_property
    def checkout(self) -> Checkout:
        """Operations of `checkout`."""
        from sutler_sdk._generated.storefront.operations.checkout import Checkout

        return Checkout(self._transport)

    @cached_property
    def customer(self) -> Customer:
        """Operations of `customer`."""
        from sutler_sdk._generated.storefront.operations.customer import Customer

        return Customer(self._transport)

    @cached_property
    def delivery(self) -> Delivery:
        """Operations of `delivery`."""
        from sutler_sdk._generated.storefront.operations.delivery import Delivery

        return Delivery(self._transport)

    @cached_property
    def discord(self) -> Discord:
        """Operations of `discord`."""
        from sutler_sdk._generated.storefront.operations.discord import Discord

        return Discord(self._transport)

    @cached_property
    def navlinks(self) -> Navlinks:
        """Operations of `navlinks`."""
        from sutler_sdk._generated.storefront.operations.navlinks import Navlinks

        return Navlinks(self._transport)

    @cached_property
    def orders(self) -> Orders:
        """Operations of `orders`."""
        from sutler_sdk._generated.storefront.operations.orders import Orders

        return Orders(self._transport)

    @cached_property
    def products(self) -> Products:
        """Operations of `products`."""
        from sutler_sdk._generated.storefront.operations.products import Products

        return Products(self._transport)

    @cached_property
    def store(self) -> Store:
        """Operations of `store`."""
        from sutler_sdk._generated.storefront.operations.store import Store

        return Store(self._transport)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """Operations of `subscriptions`."""
        from sutler_sdk._generated.storefront.operations.subscriptions import Subscriptions

        return Subscriptions(self._transport)

    @cached_property
    def tags(self) -> Tags:
        """Operations of `tags`."""
        from sutler_sdk._generated.storefront.operations.tags import Tags

        return Tags(self._transport)

    @cached_property
    def tier_groups(self) -> TierGroups:
        """Operations of `tier-groups`."""
        from sutler_sdk._generated.storefront.operations.tier_groups import TierGroups

        return TierGroups(self._transport)


class AsyncStorefrontTags:
    """Operations of the storefront API by their tags."""

    _transport: AsyncTransport

    @cached_property
    def cart(self) -> AsyncCart:
        """Operations of `cart`."""
        from sutler_sdk._generated.storefront.operations.cart import AsyncCart

        return AsyncCart(self._transport)

    @cached_property
    def checkout(self) -> AsyncCheckout:
        """Operations of `checkout`."""
        from sutler_sdk._generated.storefront.operations.checkout import AsyncCheckout

        return AsyncCheckout(self._transport)

    @cached_property
    def customer(self) -> AsyncCustomer:
        """Operations of `customer`."""
        from sutler_sdk._generated.storefront.operations.customer import AsyncCustomer

        return AsyncCustomer(self._transport)

    @cached_property
    def delivery(self) -> AsyncDelivery:
        """Operations of `delivery`."""
        from sutler_sdk._generated.storefront.operations.delivery import AsyncDelivery

        return AsyncDelivery(self._transport)

    @cached_property
    def discord(self) -> AsyncDiscord:
        """Operations of `discord`."""
        from sutler_sdk._generated.storefront.operations.discord import AsyncDiscord

        return AsyncDiscord(self._transport)

    @cached_property
    def navlinks(self) -> AsyncNavlinks:
        """Operations of `navlinks`."""
        from sutler_sdk._generated.storefront.operations.navlinks import AsyncNavlinks

        return AsyncNavlinks(self._transport)

    @cached_property
    def orders(self) -> AsyncOrders:
        """Operations of `orders`."""
        from sutler_sdk._generated.storefront.operations.orders import AsyncOrders

        return AsyncOrders(self._transport)

    @cached_property
    def products(self) -> AsyncProducts:
        """Operations of `products`."""
        from sutler_sdk._generated.storefront.operations.products import AsyncProducts

        return AsyncProducts(self._transport)

    @cached_property
    def store(self) -> AsyncStore:
        """Operations of `store`."""
        from sutler_sdk._generated.storefront.operations.store import AsyncStore

        return AsyncStore(self._transport)

    @cached_property
    def subscriptions(self) -> AsyncSubscriptions:
        """Operations of `subscriptions`."""
        from sutler_sdk._generated.storefront.operations.subscriptions import AsyncSubscriptions

        return AsyncSubscriptions(self._transport)

    @cached_property
    def tags(self) -> AsyncTags:
        """Operations of `tags`."""
        from sutler_sdk._generated.storefront.operations.tags import AsyncTags

        return AsyncTags(self._transport)

    @cached_property
    def tier_groups(self) -> AsyncTierGroups:
        """Operations of `tier-groups`."""
        from sutler_sdk._generated.storefront.operations.tier_groups import AsyncTierGroups

        return AsyncTierGroups(self._transport)
