"""A store in which there is one of everything, and a request for each operation that it answers with success.

The tests that go through all operations – who may call them, other stores' ids, a full disk, generated requests – know
from here what to send. Whoever adds an operation usually has nothing to do. Otherwise one of these lines, each in its
place in the alphabet:

1. **Its body**: made from the contract, with what its schema requires and nothing else; a required `tag_id` is filled
   with the id `tagId` of this world. If the operation refuses that body, or is not in the contract, add its name to
   `BODIES`. A text such as `"{tagId}"` in a body stands for an id of this world.
2. **Its query**, if it finds nothing without one: `QUERIES`, in the same way.
3. **A new name in a path**, such as `{banId}`: add to `THINGS` how one is made: where to post which body, below the
   store, and where in the answer the id is. `{mark}` in a body stands for the name of this world, `{number}` for a number
   that nobody else gets, `{steamId}` for an account like that. Things are made in the order in which they need each other.
   A DELETE is given a thing of its own, made in the same way, so that nothing else misses it.
4. **An operation that ends in success only once**, or takes away what a test goes on to use, such as a token: `LAST`.
5. **A name in a path that is no id of a store**, such as `{gateway}`: `EVERYWHERE`, with a value that is good in all stores.
6. **An operation whose rightful outcome is no success** in this world: `OUTCOMES`, with its status.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sutler.kernel.edge.http import Route
from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.make.delivery import Shop
from tests.make.exchange import daily_xml
from tests.make.webhooks import new_webhook
from tests.make.world_bodies import automatic, filled, gaps
from tests.make.world_things import (
    Maker,
    Thing,
    image,
    ladder,
    member,
    module,
    override,
    role,
    sell,
    sign_in,
    subscription,
    trial,
    wallet,
)

RECEIVER = "https://receiver.example/hooks"


@dataclass
class World:
    """What was made: ids by the name of the path parameter that they fill, credentials by the kind of caller."""

    store: SeededStore
    ids: dict[str, str]
    credentials: dict[str, str]
    marks: tuple[str, ...]  # texts that nobody but this store may ever be shown
    shop: Shop

    def path(self, template: str) -> str:
        """The path of an operation with this store's ids in it."""
        return str(self._filled(template, template))

    def body(self, operation: str) -> Any:
        """A body that the operation accepts; None where it takes none."""
        return self._filled(body_of(operation), operation)

    def query(self, operation: str) -> dict[str, str]:
        """The query parameters without which the operation finds nothing, or that narrow its list to what is here."""
        found: dict[str, str] = self._filled(QUERIES.get(operation, {}), operation)
        return found

    def with_ids(self, ids: Mapping[str, str]) -> "World":
        """The same world with some other ids."""
        return replace(self, ids={**self.ids, **ids})

    async def another(self, name: str) -> str:
        """The id of one more thing of a kind, which is known by its name in paths."""
        return await THINGS[name](self.shop, self.ids, self.marks[0])

    def _filled(self, template: Any, where: str) -> Any:
        missing = sorted(set(gaps(template)) - self.ids.keys())
        assert not missing, f"{where} needs {', '.join(missing)}: say in THINGS of tests/make/world.py how one is made"
        return filled(template, self.ids)


LINE = {"product_id": "{productId}", "quantity": 1}
CHECKOUT = {"customer_id": "{customerId}", "lines": [LINE]}
GIVEN = {"customer_id": "{customerId}", "product_id": "{productId}"}
CHOSEN = {"identifier": "chosen{number}", "name": "{mark} variable", "type": "text"}
PLACE = {"ip": "192.0.2.1", "hostname": "host", "platform": "rust", "version": "1"}
PLAYER = {"platform": "steam", "id": "76561197960287930"}
BANNED = [{"ban_type": "email", "ban_type_value": "{mark}{number}@banned.example"}]
RUNS = [
    {"stage": "on_purchase", "content": "give {mark}", "online_only": False},
    {"stage": "on_purchase", "content": "say thanks", "online_only": False},
]
GLOBAL_COMMAND = {
    "stage": "on_purchase", "content": "say {mark}", "online_only": False, "execution_rule": "once_per_order",
}  # fmt: skip
SOLD = {
    "name": "{mark} product {number}", "description": "A rank.", "price": 999, "gameservers": ["{gameServerId}"],
    "commands": RUNS,
}  # fmt: skip
MIGRATED = {
    "target_types": ["active_subscriptions"], "send_new_commands_to_all_servers": True,
    "send_all_commands_to_new_servers": True,
}  # fmt: skip
STEP = {"allow_subscription": True, "tier_group_id": "{id}"}
CHANGED = {
    "lines": [{"product_id": "{memberProductId}", "custom_variables": {}}], "proration_behavior": "next_billing_period",
}  # fmt: skip
TENTH = {"discount_type": "percent", "discount_amount": 100}
SHOP = {
    "name": "New", "slug": "new-shop", "game": "rust", "currency": "usd", "description": "New.", "platform": "steam",
}  # fmt: skip

THINGS: dict[str, Maker] = {
    "gameServerId": Thing("gameservers", {"name": "{mark} server", "enabled": True}),
    "webhookId": Thing("webhooks", new_webhook(RECEIVER)),
    "globalCommandId": Thing("global-commands", GLOBAL_COMMAND),
    "customerId": Thing("customers", {"steam_id": "{steamId}", "name": "{mark} customer"}),
    "productId": Thing("products", SOLD),
    "customVariableId": Thing("custom-variables", CHOSEN),
    "banId": Thing("bans", {"reason": "{mark}", "identities": BANNED}),
    "giftCardId": Thing("giftcards", {"code": "{mark} {number}", "balance": 5000, "note": "{mark}"}),
    "deliveryItemId": Thing("customers/{customerId}/delivery/items", {"product_id": "{productId}"}, lambda a: a[0]["id"]),
    "memberId": member,
    "roleId": role,
    "tagId": Thing("tags", {"name": "{mark} tag {number}"}),
    "couponId": Thing("coupons", TENTH | {"note": "{mark}"}),
    "saleId": Thing("sales", TENTH | {"name": "{mark} sale"}),
    "affiliateLinkId": Thing("affiliate-links", {"wallet_id": "{mark} wallet"}),
    "walletId": wallet,
    "taxRateId": Thing("tax-rates", {"country": "CA", "name": "{mark} {number}", "basis_points": 500}),
    "imageId": image,
    "moduleId": module,
    "productDependentMigrationId": Thing("products/{productId}/dependent-migrations", MIGRATED),
    "navLinkId": Thing("navlinks", {"tag_id": "{tagId}"}, lambda a: a["node_id"]),
    "subscriptionId": subscription,
    "tierGroupId": Thing("tier-groups", {"name": "{mark} ranks"}),
    "id": ladder,
    "targetProductId": Thing("products", SOLD | STEP),
    "memberProductId": Thing("products", SOLD | {"allow_subscription": True}),
    "trialId": trial,
    "trialEligibilityOverrideId": override,
}
BODIES: dict[str, Any] = {
    "AffiliateLinks_CreateAffiliateLink": {"wallet_id": "eve", "code": "NEW"},
    "Bans_CheckForBanByIdentities": {"identities": [{"ban_type": "email", "ban_type_value": "a@example.org"}]},
    "Bans_CreateBan": {"reason": "New", "identities": [{"ban_type": "email", "ban_type_value": "new@example.org"}]},
    "CustomVariables_UpdateCustomVariableForStore": {"name": "New"},
    "CustomersDelivery_AssignDeliveryItem": {"product_id": "{productId}"},
    "CustomersTrialEligibility_CreateEligibilityOverrideForCustomer": {
        "product_id": "{productId}",
        "expires_at": "2100-01-01T00:00:00Z",
    },
    "Customers_BulkCreateCustomers": [{"name": "New"}],
    "Customers_CreateCustomer": {"name": "New"},
    "DeliveryCommandQueue_GetQueuedCommandsWithOnlinePlayers": {"customer_names": [], "minecraft_uuids": []},
    "DeliveryGameServer_LinkGameServer": PLACE,
    "Delivery_AssignDeliveryItemsBulk": [GIVEN],
    "GameServers_CreateGameServer": {"name": "New", "enabled": True},
    "GiftCards_CreateGiftCard": {"balance": 100},
    "ExchangeRates_ImportExchangeRates": {"content": daily_xml()},
    "ExchangeRates_PinExchangeRate": {"base": "eur", "currency": "usd", "rate": "1.1"},
    "GlobalCommands_CreateGlobalCommand": GLOBAL_COMMAND | {"content": "say hi"},
    "GlobalCommands_UpdateGlobalCommand": GLOBAL_COMMAND | {"content": "say bye"},
    "Invoices_ReissueInvoice": {"billing_name": "Somebody else"},
    "LegacyCommandDelivery_AssignDeliveryItemsBulk": [GIVEN],
    "LegacyCustomersDeliveryControllerWithDash_AssignDeliveryItem": {"product_id": "{productId}"},
    "LegacyCustomersDelivery_AssignDeliveryItem": {"product_id": "{productId}"},
    "LegacyCustomersDelivery_AssignDeliveryItemsBulk": [GIVEN],
    "LegacyStoreDelivery_AssignDeliveryItemsBulk": [GIVEN],
    "Modules_PutModule": {"type": "recent_payments"},
    "Modules_UpdateModule": {"enabled": True},
    "NavLinks_UpdateNavLinkOrder": [{"node_id": "{navLinkId}", "order": 1}],
    "Orders_RefundOrder": {"amount": 1},
    "Payments_CloseDispute": {"outcome": "won"},
    "Payments_SettlePayment": {"outcome": "received"},
    "ProductsDependentMigrations_CreateProductDependentMigration": MIGRATED,
    "Products_CreateProduct": {"name": "New", "description": "New.", "price": 100, "commands": []},
    "ProductsPricing_SetProductPricingRegionOverride": {"price": 500},
    "ProductsPricing_SetStorePricingRegionOverride": {"enabled": True},
    "Refunds_SettleRefund": {"outcome": "returned"},
    "Sales_CreateSale": TENTH | {"name": "New"},
    "Simulator_ChangeKeptCard": {"outcome": "decline"},
    "Simulator_DisputePayment": {"state": "won"},
    "Simulator_MoveClock": {"freeze": True},
    "Simulator_PayCheckout": {"outcome": "succeed"},
    "Simulator_RefundPayment": {"amount": 1},
    "StoreCheckouts_CreateCheckoutSession": CHECKOUT,
    "StoreCoupons_CreateCouponForStore": TENTH | {"code": "NEW"},
    "Store_CreateStore": SHOP,
    "StorefrontAuth_AuthenticateStorefrontCustomer": PLAYER,
    "StorefrontCheckout_CreateCheckoutSession": {"lines": [LINE]},
    "Subscriptions_PreviewSubscriptionChange": CHANGED,
    "Subscriptions_UpdateSubscription": CHANGED | {"proration_behavior": "invalid"},
    "Tags_CreateTag": {"name": "New"},
    "Taxes_CreateTaxRate": {"country": "US", "name": "New", "basis_points": 500},
    "Wallets_CreatePayout": {"amount": 1},
    "Webhooks_CreateSubscription": new_webhook(RECEIVER, "OnRefund"),
    "Webhooks_Resend": {"webhook_id": "{deliveryId}"},
    "Webhooks_UpdateSubscription": {"url": RECEIVER, "subscribed_to": "OnOrderCompleted", "reset_secret": False},
}
QUERIES: dict[str, dict[str, str]] = {
    "Customers_GetCustomers": {"customer_id": "{customerId}"},
    "Customers_LookupCustomer": {"id": "{customerId}"},
    "DeliveryCommandQueue_StreamQueuedCommands": {"seconds": "0"},
    "Orders_GetOrders": {"customer_id": "{customerId}"},
    "Payments_GetPayments": {"customer_id": "{customerId}"},
    "Pricing_Explain": {"product_id": "{productId}"},
    "StorefrontCart_AddLine": {"product_id": "{productId}"},
    "Taxes_GetTaxEvidence": {"begin": "2020-01-01T00:00:00Z", "until": "2030-01-01T00:00:00Z"},
    "Taxes_GetTaxReport": {"begin": "2020-01-01T00:00:00Z", "until": "2030-01-01T00:00:00Z"},
}
EVERYWHERE = {"gateway": "simulator", "paymentMethodTypeId": "card", "regionId": "turkey", "base": "eur", "currency": "usd"}
SELLING = ("storeId", "idOrSlug", "orderId", "paymentId", "token", "attemptId", "deliveryId", "refundId", "disputeId",
           "invoiceId", "code", "paymentMethodId", "mailId")  # fmt: skip
"""The ids of what comes about when something is sold, beside those of `THINGS`."""

LAST = (
    "GameServers_ResetGameServerToken",
    "Customers_InvalidateCustomerTokens",
    "Customers_InvalidateStoreCustomerTokens",
    "Store_DeleteStore",
)
OUTCOMES: dict[str, int] = {
    "Invoices_ReissueInvoice": 409,  # a part of its money was given back, and a credit note says so
    "Payments_CloseDispute": 409,  # the gateway through which it was paid says so itself
    "Payments_OpenDispute": 409,  # the same
    "Payments_SettlePayment": 409,  # the gateway through which it was paid has said so itself
    "Refunds_SettleRefund": 409,  # the same gateway has given the money back itself
    "Subscriptions_UpdateSubscription": 400,  # `invalid` is no way to pay for a change, which could be made only once
    "StorePaymentMethodTypes_RequestStorePaymentMethodTypeApproval": 409,  # there is nobody who would have to approve
    "StorefrontTierGroups_UpdateSubscriptionTierGroup": 409,  # there is nobody to whom its code could be mailed
    "StorefrontAuth_AuthenticateStorefrontCustomer": 403,  # the store sells for Steam, where customers sign in otherwise
}


def body_of(operation: str) -> Any:
    """The body of an operation with gaps for ids; None where it takes none."""
    return BODIES[operation] if operation in BODIES else automatic(operation)


def wanted(route: Route) -> set[str]:
    """The names of the ids in the path, the query and the body of an operation."""
    return set(gaps([route.path, QUERIES.get(route.operation), body_of(route.operation)]))


def is_known(route: Route) -> bool:
    """Whether it is said here where all ids for an operation come from."""
    return wanted(route) <= {*THINGS, *SELLING, *EVERYWHERE}


async def world(client: ClientFactory, inside: Inside, worker: Worker, store: SeededStore, mark: str) -> World:
    """Fill a store; `mark` is in every name."""
    api = client(f"APIKey {store.api_key}")
    shop = Shop(api, store.id, worker, inside)
    made = World(store, {"storeId": store.id, **EVERYWHERE}, {"management": f"APIKey {store.api_key}"}, (mark,), shop)
    for name in THINGS:
        made.ids[name] = await made.another(name)
    made.credentials |= await sign_in(shop, made.ids, mark)
    made.ids |= await sell(shop, made.ids, client, made.credentials["gameserver"])
    (hook,) = (await api.get(f"/v1/stores/{store.id}/webhooks")).json()[-1:]
    secrets = (text.rpartition(" ")[2] for text in made.credentials.values())
    made.marks = (mark, *secrets, hook["secret"], made.ids["token"])
    return made
