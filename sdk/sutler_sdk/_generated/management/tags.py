"""The attributes of a client, one for each tag, loaded when they are used first. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sutler_sdk._generated.management.operations.affiliate_links import AffiliateLinks, AsyncAffiliateLinks
    from sutler_sdk._generated.management.operations.bans import AsyncBans, Bans
    from sutler_sdk._generated.management.operations.checkout import AsyncCheckout, Checkout
    from sutler_sdk._generated.management.operations.coupons import AsyncCoupons, Coupons
    from sutler_sdk._generated.management.operations.custom_variables import AsyncCustomVariables, CustomVariables
    from sutler_sdk._generated.management.operations.customers import AsyncCustomers, Customers
    from sutler_sdk._generated.management.operations.data_migrations import AsyncDataMigrations, DataMigrations
    from sutler_sdk._generated.management.operations.delivery import AsyncDelivery, Delivery
    from sutler_sdk._generated.management.operations.discord import AsyncDiscord, Discord
    from sutler_sdk._generated.management.operations.downloadable_files import AsyncDownloadableFiles, DownloadableFiles
    from sutler_sdk._generated.management.operations.game_servers import AsyncGameServers, GameServers
    from sutler_sdk._generated.management.operations.giftcards import AsyncGiftcards, Giftcards
    from sutler_sdk._generated.management.operations.global_commands import AsyncGlobalCommands, GlobalCommands
    from sutler_sdk._generated.management.operations.invoices import AsyncInvoices, Invoices
    from sutler_sdk._generated.management.operations.marketing import AsyncMarketing, Marketing
    from sutler_sdk._generated.management.operations.navlinks import AsyncNavlinks, Navlinks
    from sutler_sdk._generated.management.operations.orders import AsyncOrders, Orders
    from sutler_sdk._generated.management.operations.payment_method_types import AsyncPaymentMethodTypes, PaymentMethodTypes
    from sutler_sdk._generated.management.operations.payment_settings import AsyncPaymentSettings, PaymentSettings
    from sutler_sdk._generated.management.operations.payments import AsyncPayments, Payments
    from sutler_sdk._generated.management.operations.product_dependent_migrations import (
        AsyncProductDependentMigrations,
        ProductDependentMigrations,
    )
    from sutler_sdk._generated.management.operations.products import AsyncProducts, Products
    from sutler_sdk._generated.management.operations.regional_pricing import AsyncRegionalPricing, RegionalPricing
    from sutler_sdk._generated.management.operations.sales import AsyncSales, Sales
    from sutler_sdk._generated.management.operations.stats import AsyncStats, Stats
    from sutler_sdk._generated.management.operations.store import AsyncStore, Store
    from sutler_sdk._generated.management.operations.subscriptions import AsyncSubscriptions, Subscriptions
    from sutler_sdk._generated.management.operations.tags import AsyncTags, Tags
    from sutler_sdk._generated.management.operations.tier_groups import AsyncTierGroups, TierGroups
    from sutler_sdk._generated.management.operations.trials import AsyncTrials, Trials
    from sutler_sdk._generated.management.operations.trust import AsyncTrust, Trust
    from sutler_sdk._generated.management.operations.upsell_settings import AsyncUpsellSettings, UpsellSettings
    from sutler_sdk._generated.management.operations.webhooks import AsyncWebhooks, Webhooks
    from sutler_sdk.transport import AsyncTransport, Transport


class ManagementTags:
    """Operations of the management API by their tags."""

    _transport: Transport

    @cached_property
    def affiliate_links(self) -> AffiliateLinks:
        """Operations of `affiliate-links`."""
        from sutler_sdk._generated.management.operations.affiliate_links import AffiliateLinks

        return AffiliateLinks(self._transport)

    @cached_property
    def bans(self) -> Bans:
        """Operations of `bans`."""
        from sutler_sdk._generated.management.operations.bans import Bans

        return Bans(self._transport)

    @cached_property
    def checkout(self) -> Checkout:
        """Operations of `checkout`."""
        from sutler_sdk._generated.management.operations.checkout import Checkout

        return Checkout(self._transport)

    @cached_property
    def coupons(self) -> Coupons:
        """Operations of `coupons`."""
        from sutler_sdk._generated.management.operations.coupons import Coupons

        return Coupons(self._transport)

    @cached_property
    def custom_variables(self) -> CustomVariables:
        """Operations of `custom-variables`."""
        from sutler_sdk._generated.management.operations.custom_variables import CustomVariables

        return CustomVariables(self._transport)

    @cached_property
    def customers(self) -> Customers:
        """Operations of `customers`."""
        from sutler_sdk._generated.management.operations.customers import Customers

        return Customers(self._transport)

    @cached_property
    def data_migrations(self) -> DataMigrations:
        """Operations of `data-migrations`."""
        from sutler_sdk._generated.management.operations.data_migrations import DataMigrations

        return DataMigrations(self._transport)

    @cached_property
    def delivery(self) -> Delivery:
        """Operations of `delivery`."""
        from sutler_sdk._generated.management.operations.delivery import Delivery

        return Delivery(self._transport)

    @cached_property
    def discord(self) -> Discord:
        """Operations of `discord`."""
        from sutler_sdk._generated.management.operations.discord import Discord

        return Discord(self._transport)

    @cached_property
    def downloadable_files(self) -> DownloadableFiles:
        """Operations of `downloadable-files`."""
        from sutler_sdk._generated.management.operations.downloadable_files import DownloadableFiles

        return DownloadableFiles(self._transport)

    @cached_property
    def game_servers(self) -> GameServers:
        """Operations of `game-servers`."""
        from sutler_sdk._generated.management.operations.game_servers import GameServers

        return GameServers(self._transport)

    @cached_property
    def giftcards(self) -> Giftcards:
        """Operations of `giftcards`."""
        from sutler_sdk._generated.management.operations.giftcards import Giftcards

        return Giftcards(self._transport)

    @cached_property
    def global_commands(self) -> GlobalCommands:
        """Operations of `global-commands`."""
        from sutler_sdk._generated.management.operations.global_commands import GlobalCommands

        return GlobalCommands(self._transport)

    @cached_property
    def invoices(self) -> Invoices:
        """Operations of `invoices`."""
        from sutler_sdk._generated.management.operations.invoices import Invoices

        return Invoices(self._transport)

    @cached_property
    def marketing(self) -> Marketing:
        """Operations of `marketing`."""
        from sutler_sdk._generated.management.operations.marketing import Marketing

        return Marketing(self._transport)

    @cached_property
    def navlinks(self) -> Navlinks:
        """Operations of `navlinks`."""
        from sutler_sdk._generated.management.operations.navlinks import Navlinks

        return Navlinks(self._transport)

    @cached_property
    def orders(self) -> Orders:
        """Operations of `orders`."""
        from sutler_sdk._generated.management.operations.orders import Orders

        return Orders(self._transport)

    @cached_property
    def payment_method_types(self) -> PaymentMethodTypes:
        """Operations of `payment-method-types`."""
        from sutler_sdk._generated.management.operations.payment_method_types import PaymentMethodTypes

        return PaymentMethodTypes(self._transport)

    @cached_property
    def payment_settings(self) -> PaymentSettings:
        """Operations of `payment-settings`."""
        from sutler_sdk._generated.management.operations.payment_settings import PaymentSettings

        return PaymentSettings(self._transport)

    @cached_property
    def payments(self) -> Payments:
        """Operations of `payments`."""
        from sutler_sdk._generated.management.operations.payments import Payments

        return Payments(self._transport)

    @cached_property
    def product_dependent_migrations(self) -> ProductDependentMigrations:
        """Operations of `product-dependent-migrations`."""
        from sutler_sdk._generated.management.operations.product_dependent_migrations import ProductDependentMigrations

        return ProductDependentMigrations(self._transport)

    @cached_property
    def products(self) -> Products:
        """Operations of `products`."""
        from sutler_sdk._generated.management.operations.products import Products

        return Products(self._transport)

    @cached_property
    def regional_pricing(self) -> RegionalPricing:
        """Operations of `regional-pricing`."""
        from sutler_sdk._generated.management.operations.regional_pricing import RegionalPricing

        return RegionalPricing(self._transport)

    @cached_property
    def sales(self) -> Sales:
        """Operations of `sales`."""
        from sutler_sdk._generated.management.operations.sales import Sales

        return Sales(self._transport)

    @cached_property
    def stats(self) -> Stats:
        """Operations of `stats`."""
        from sutler_sdk._generated.management.operations.stats import Stats

        return Stats(self._transport)

    @cached_property
    def store(self) -> Store:
        """Operations of `store`."""
        from sutler_sdk._generated.management.operations.store import Store

        return Store(self._transport)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """Operations of `subscriptions`."""
        from sutler_sdk._generated.management.operations.subscriptions import Subscriptions

        return Subscriptions(self._transport)

    @cached_property
    def tags(self) -> Tags:
        """Operations of `tags`."""
        from sutler_sdk._generated.management.operations.tags import Tags

        return Tags(self._transport)

    @cached_property
    def tier_groups(self) -> TierGroups:
        """Operations of `tier-groups`."""
        from sutler_sdk._generated.management.operations.tier_groups import TierGroups

        return TierGroups(self._transport)

    @cached_property
    def trials(self) -> Trials:
        """Operations of `trials`."""
        from sutler_sdk._generated.management.operations.trials import Trials

        return Trials(self._transport)

    @cached_property
    def trust(self) -> Trust:
        """Operations of `trust`."""
        from sutler_sdk._generated.management.operations.trust import Trust

        return Trust(self._transport)

    @cached_property
    def upsell_settings(self) -> UpsellSettings:
        """Operations of `upsell-settings`."""
        from sutler_sdk._generated.management.operations.upsell_settings import UpsellSettings

        return UpsellSettings(self._transport)

    @cached_property
    def webhooks(self) -> Webhooks:
        """Operations of `webhooks`."""
        from sutler_sdk._generated.management.operations.webhooks import Webhooks

        return Webhooks(self._transport)


class AsyncManagementTags:
    """Operations of the management API by their tags."""

    _transport: AsyncTransport

    @cached_property
    def affiliate_links(self) -> AsyncAffiliateLinks:
        """Operations of `affiliate-links`."""
        from sutler_sdk._generated.management.operations.affiliate_links import AsyncAffiliateLinks

        return AsyncAffiliateLinks(self._transport)

    @cached_property
    def bans(self) -> AsyncBans:
        """Operations of `bans`."""
        from sutler_sdk._generated.management.operations.bans import AsyncBans

        return AsyncBans(self._transport)

    @cached_property
    def checkout(self) -> AsyncCheckout:
        """Operations of `checkout`."""
        from sutler_sdk._generated.management.operations.checkout import AsyncCheckout

        return AsyncCheckout(self._transport)

    @cached_property
    def coupons(self) -> AsyncCoupons:
        """Operations of `coupons`."""
        from sutler_sdk._generated.management.operations.coupons import AsyncCoupons

        return AsyncCoupons(self._transport)

    @cached_property
    def custom_variables(self) -> AsyncCustomVariables:
        """Operations of `custom-variables`."""
        from sutler_sdk._generated.management.operations.custom_variables import AsyncCustomVariables

        return AsyncCustomVariables(self._transport)

    @cached_property
    def customers(self) -> AsyncCustomers:
        """Operations of `customers`."""
        from sutler_sdk._generated.management.operations.customers import AsyncCustomers

        return AsyncCustomers(self._transport)

    @cached_property
    def data_migrations(self) -> AsyncDataMigrations:
        """Operations of `data-migrations`."""
        from sutler_sdk._generated.management.operations.data_migrations import AsyncDataMigrations

        return AsyncDataMigrations(self._transport)

    @cached_property
    def delivery(self) -> AsyncDelivery:
        """Operations of `delivery`."""
        from sutler_sdk._generated.management.operations.delivery import AsyncDelivery

        return AsyncDelivery(self._transport)

    @cached_property
    def discord(self) -> AsyncDiscord:
        """Operations of `discord`."""
        from sutler_sdk._generated.management.operations.discord import AsyncDiscord

        return AsyncDiscord(self._transport)

    @cached_property
    def downloadable_files(self) -> AsyncDownloadableFiles:
        """Operations of `downloadable-files`."""
        from sutler_sdk._generated.management.operations.downloadable_files import AsyncDownloadableFiles

        return AsyncDownloadableFiles(self._transport)

    @cached_property
    def game_servers(self) -> AsyncGameServers:
        """Operations of `game-servers`."""
        from sutler_sdk._generated.management.operations.game_servers import AsyncGameServers

        return AsyncGameServers(self._transport)

    @cached_property
    def giftcards(self) -> AsyncGiftcards:
        """Operations of `giftcards`."""
        from sutler_sdk._generated.management.operations.giftcards import AsyncGiftcards

        return AsyncGiftcards(self._transport)

    @cached_property
    def global_commands(self) -> AsyncGlobalCommands:
        """Operations of `global-commands`."""
        from sutler_sdk._generated.management.operations.global_commands import AsyncGlobalCommands

        return AsyncGlobalCommands(self._transport)

    @cached_property
    def invoices(self) -> AsyncInvoices:
        """Operations of `invoices`."""
        from sutler_sdk._generated.management.operations.invoices import AsyncInvoices

        return AsyncInvoices(self._transport)

    @cached_property
    def marketing(self) -> AsyncMarketing:
        """Operations of `marketing`."""
        from sutler_sdk._generated.management.operations.marketing import AsyncMarketing

        return AsyncMarketing(self._transport)

    @cached_property
    def navlinks(self) -> AsyncNavlinks:
        """Operations of `navlinks`."""
        from sutler_sdk._generated.management.operations.navlinks import AsyncNavlinks

        return AsyncNavlinks(self._transport)

    @cached_property
    def orders(self) -> AsyncOrders:
        """Operations of `orders`."""
        from sutler_sdk._generated.management.operations.orders import AsyncOrders

        return AsyncOrders(self._transport)

    @cached_property
    def payment_method_types(self) -> AsyncPaymentMethodTypes:
        """Operations of `payment-method-types`."""
        from sutler_sdk._generated.management.operations.payment_method_types import AsyncPaymentMethodTypes

        return AsyncPaymentMethodTypes(self._transport)

    @cached_property
    def payment_settings(self) -> AsyncPaymentSettings:
        """Operations of `payment-settings`."""
        from sutler_sdk._generated.management.operations.payment_settings import AsyncPaymentSettings

        return AsyncPaymentSettings(self._transport)

    @cached_property
    def payments(self) -> AsyncPayments:
        """Operations of `payments`."""
        from sutler_sdk._generated.management.operations.payments import AsyncPayments

        return AsyncPayments(self._transport)

    @cached_property
    def product_dependent_migrations(self) -> AsyncProductDependentMigrations:
        """Operations of `product-dependent-migrations`."""
        from sutler_sdk._generated.management.operations.product_dependent_migrations import AsyncProductDependentMigrations

        return AsyncProductDependentMigrations(self._transport)

    @cached_property
    def products(self) -> AsyncProducts:
        """Operations of `products`."""
        from sutler_sdk._generated.management.operations.products import AsyncProducts

        return AsyncProducts(self._transport)

    @cached_property
    def regional_pricing(self) -> AsyncRegionalPricing:
        """Operations of `regional-pricing`."""
        from sutler_sdk._generated.management.operations.regional_pricing import AsyncRegionalPricing

        return AsyncRegionalPricing(self._transport)

    @cached_property
    def sales(self) -> AsyncSales:
        """Operations of `sales`."""
        from sutler_sdk._generated.management.operations.sales import AsyncSales

        return AsyncSales(self._transport)

    @cached_property
    def stats(self) -> AsyncStats:
        """Operations of `stats`."""
        from sutler_sdk._generated.management.operations.stats import AsyncStats

        return AsyncStats(self._transport)

    @cached_property
    def store(self) -> AsyncStore:
        """Operations of `store`."""
        from sutler_sdk._generated.management.operations.store import AsyncStore

        return AsyncStore(self._transport)

    @cached_property
    def subscriptions(self) -> AsyncSubscriptions:
        """Operations of `subscriptions`."""
        from sutler_sdk._generated.management.operations.subscriptions import AsyncSubscriptions

        return AsyncSubscriptions(self._transport)

    @cached_property
    def tags(self) -> AsyncTags:
        """Operations of `tags`."""
        from sutler_sdk._generated.management.operations.tags import AsyncTags

        return AsyncTags(self._transport)

    @cached_property
    def tier_groups(self) -> AsyncTierGroups:
        """Operations of `tier-groups`."""
        from sutler_sdk._generated.management.operations.tier_groups import AsyncTierGroups

        return AsyncTierGroups(self._transport)

    @cached_property
    def trials(self) -> AsyncTrials:
        """Operations of `trials`."""
        from sutler_sdk._generated.management.operations.trials import AsyncTrials

        return AsyncTrials(self._transport)

    @cached_property
    def trust(self) -> AsyncTrust:
        """Operations of `trust`."""
        from sutler_sdk._generated.management.operations.trust import AsyncTrust

        return AsyncTrust(self._transport)

    @cached_property
    def upsell_settings(self) -> AsyncUpsellSettings:
        """Operations of `upsell-settings`."""
        from sutler_sdk._generated.management.operations.upsell_settings import AsyncUpsellSettings

        return AsyncUpsellSettings(self._transport)

    @cached_property
    def webhooks(self) -> AsyncWebhooks:
        """Operations of `webhooks`."""
        from sutler_sdk._generated.management.operations.webhooks import AsyncWebhooks

        return AsyncWebhooks(self._transport)
