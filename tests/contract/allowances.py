"""Where the reference documents say too little or too much: each place once, with its reason and its proof.

What a schema can say is put into the documents: `MEANINGS` and `HEADERS`. That proves itself, for schemathesis sends what
a schema allows, which must succeed, and what it does not, which must fail. What no schema can say is in `REFUSED`, with
an example of a request that the documents allow.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any

ANY = "*"
STORE, ADDRESS, COUNTRY = "x-paynow-store-id", "x-paynow-customer-ip", "x-paynow-customer-countrycode"
GIVING = "*Deliver*_AssignDeliveryItem*"
CHECKOUTS = "*Checkout*_CreateCheckoutSession"
RUN = {"content": "a", "online_only": False}
LIMIT = {"enabled": True, "include_trials": False, "quantity": 1, "time_scale": "invalid", "time_value": 1}
HOOK = {"url": "https://shop.example/"}
LINE = {"product_id": "{productId}", "quantity": 1}


@dataclass(frozen=True, eq=False)
class Example:
    """A request that the documents misjudge; `{productId}` and the like stand for ids that exist."""

    operation: str
    body: Any = None
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Allowance:
    """For these operations, a complaint whose every line fits the pattern is none."""

    operations: str  # a pattern of operation ids
    complaint: str  # a regular expression
    why: str
    example: Example


@dataclass(frozen=True, eq=False)
class Meaning:
    """What a member of these operations is, where the documents only know its type; the first that fits holds."""

    operations: str  # a pattern of operation ids
    member: str  # a regular expression of its name
    schemas: Mapping[str, dict[str, Any]]
    why: str


@dataclass(frozen=True, eq=False)
class Header:
    """What holds for a header of these operations instead of what the documents say; the first that fits holds."""

    operations: str  # a pattern of operation ids
    name: str
    holds: Mapping[str, Any]
    why: str


# What the schema allows and the platform refuses: the errors of the answer, as `path: message`.
REFUSED = (
    # Rules of whole kinds, in the words in which all errors of their kind are written.
    Allowance(
        ANY, r": .*(not supported yet|cannot be set to .* yet)", "What is not built yet is refused, never ignored.",
        Example(
            "Products_CreateProduct", {"name": "New", "price": 100, "payout_splits": [{"user_id": "7", "platform_fee": 0}]}
        ),
    ),
    Allowance(
        ANY, r": Text must not contain the NUL character|: The parameter .* NUL character",
        "PostgreSQL cannot store NUL; JSON Schema has no word for that.",
        Example("Customers_CreateCustomer", {"name": "a\0"}),
    ),
    Allowance(
        ANY, r": Expected `.*`, got `float`", "1.0 is an integer to JSON Schema, not to the platform's clients.",
        Example("StorefrontCheckout_CreateCheckoutSession", {"lines": [{**LINE, "quantity": 1.0}]}),
    ),
    Allowance(
        ANY, r": There is no ", "An id or a code in a body or a query is of something that the store has.",
        Example("StorefrontCheckout_CreateCheckoutSession", {"lines": [LINE], "coupon_id": "1"}),
    ),
    Allowance(
        ANY, r": (Give|Say|Name|These) ", "What is optional in the schema may need, replace or exclude something else.",
        Example("Products_CreateProduct", {"description": "New."}),
    ),
    Allowance(
        ANY, r"name: A name has no control characters", "Names are read by people; control characters deceive them.",
        Example("GameServers_CreateGameServer", {"name": "a\u202eb", "enabled": True}),
    ),
    Allowance(
        ANY, r"^(assignments|customers|node_id|order): `[a-z_]+` is required",
        "Where a list is needed, a body is; the documents forget to say so.",
        Example("Delivery_AssignDeliveryItemsBulk"),
    ),
    # Rules of single operations.
    Allowance(
        "AffiliateLinks_*", r"^(code|wallet_id|referer_type|tracking_length_days|(discount|commission)_amount.*): ",
        "Codes and wallets have a form, amounts go by their type, and billing cycles have an order.",
        Example("AffiliateLinks_UpdateAffiliateLink", {"tracking_length_days": -1}),
    ),
    Allowance(
        "Bans_*", r"ban_type_value: ", "What the value of a ban may be depends on its type.",
        Example("Bans_CreateBan", {"identities": [{"ban_type": "email", "ban_type_value": "nobody"}]}),
    ),
    Allowance(
        CHECKOUTS, r"^lines\[\d+\]\.product_id: ", "A line is of a product, known or described, that is on sale.",
        Example("StoreCheckouts_CreateCheckoutSession", {"customer_id": "{customerId}", "lines": [{"quantity": 1}]}),
    ),
    Allowance(
        CHECKOUTS, r"^lines\[\d+\]\.custom_variables\.", "A product has only its own variables.",
        Example("StorefrontCheckout_CreateCheckoutSession", {"lines": [{**LINE, "custom_variables": {"unknown": "1"}}]}),
    ),
    Allowance(
        CHECKOUTS, r"^return_url: `auto_redirect` needs", "Who is sent on is sent somewhere.",
        Example("StorefrontCheckout_CreateCheckoutSession", {"lines": [LINE], "auto_redirect": True}),
    ),
    Allowance(
        ANY, r"gift_to(\.\w+)?: ", "A gift has one recipient, who is somebody.",
        Example(
            "StorefrontCheckout_CreateCheckoutSession",
            {"lines": [{**LINE, "gift_to": {"platform": "steam", "id": "0"}}]},
        ),
    ),
    Allowance(
        "CustomVariables_*", r"^(identifier|options(\[\d+\])?(\.\w+)?|min\w*|max\w*): ", "Each type has its own members.",
        Example("CustomVariables_CreateCustomVariableForStore", {"identifier": "", "name": "A", "type": "text"}),
    ),
    Allowance(
        GIVING, r"custom_variables\.", "A product has only its own variables.",
        Example(
            "CustomersDelivery_AssignDeliveryItem", {"product_id": "{productId}", "custom_variables": {"unknown": "1"}}
        ),
    ),
    Allowance(
        "GiftCards_*", r"^(code|usable_at|expires_at|balance): ", "A code can be typed, and a card has an end.",
        Example("GiftCards_UpdateGiftCard", {"code": "A"}),
    ),
    Allowance(
        "NavLinks_UpdateNavLinkOrder", r"^\[\d+\]\.node_id: ", "A node has one place.",
        Example("NavLinks_UpdateNavLinkOrder", [{"node_id": "{navLinkId}", "order": 1}] * 2),
    ),
    Allowance(
        "NavLinks_UpdateNavLink", r"^parent_node_id: ", "A node is not below itself.",
        Example("NavLinks_UpdateNavLink", {"parent_node_id": "{navLinkId}"}),
    ),
    Allowance(
        "PaymentsSettings_*", r"^(promo_code_stacking_behavior|block_prepaid_cards): ", "A store has decided.",
        Example("PaymentsSettings_UpdateStorePaymentSettings", {"promo_code_stacking_behavior": "invalid"}),
    ),
    Allowance(
        "UpsellSettings_*", r"^(\w+\[\d+\]\.)?\w*(discount_amount|type|quantity\w*|product_id|style): ",
        "An amount goes by its type, and a product is recommended once in each way.",
        Example("UpsellSettings_UpdateStoreUpsellSettings", {"automatic_recommendations_discount_amount": 1}),
    ),
    Allowance(
        "Products_*", r"^commands\[\d+\]\.stage: ", "A command runs when something happens.",
        Example("Products_CreateProduct", {"name": "New", "price": 100, "commands": [{**RUN, "stage": "invalid"}]}),
    ),
    Allowance(
        "Products*", r"^price: The price must be", "A price is nothing, or not too little for a payment.",
        Example("Products_CreateProduct", {"name": "New", "price": 1}),
    ),
    Allowance(
        "Products_*", r"^remove_after_time_(value|scale): ", "What ends some time is given for some time.",
        Example("Products_CreateProduct", {"name": "New", "price": 100, "remove_after_time_scale": "invalid"}),
    ),
    Allowance(
        "Products_*", r"^(allow_one_time_purchase|allow_subscription|subscription_interval_\w+|trial\.\w+): ",
        "A product can be bought in some way, what renews costs something, and a trial leads to a subscription.",
        Example("Products_CreateProduct", {"name": "New", "price": 100, "allow_one_time_purchase": False}),
    ),
    Allowance(
        "Products_*", r"^enabled_until: ", "What begins ends later.",
        Example("Products_UpdateProduct", {"enabled_at": "2030-01-01T00:00:00Z", "enabled_until": "2029-01-01T00:00:00Z"}),
    ),
    Allowance(
        "Products_*", r"_stock_limit\.\w+: ", "A limit that is on has all that a limit needs.",
        Example("Products_CreateProduct", {"name": "New", "price": 100, "store_stock_limit": LIMIT}),
    ),
    Allowance(
        "Products_*", r"^upselling\.recommendations\[\d+\]\.", "What is offered is some product, at some discount.",
        Example(
            "Products_CreateProduct",
            {"name": "New", "price": 100, "upselling": {"recommendations": [{
                "recommended_product_id": "{productId}", "type": "additional", "discount_type": "unknown",
                "discount_amount": 0, "prefer_as_subscription": False,
            }]}},
        ),
    ),
    Allowance(
        "Products_UpdateProductSortOrder", r"^product_ids", "A product has one place.",
        Example("Products_UpdateProductSortOrder", {"product_ids": ["{productId}"] * 2}),
    ),
    Allowance(
        "Sales_*", r"^(name|discount_\w+|duration\w*|minimum_order_value|ends_at): ",
        "A discount has a type and an amount that go together, and what begins ends later.",
        Example("Sales_UpdateSale", {"discount_amount": 1}),
    ),
    Allowance(
        "StoreCoupons_*",
        r"^(code|discount_\w+|duration\w*|minimum_order_value|redeem_limit_\w+|expires_at|usable_on_one_time_purchase): ",
        "A discount has a type and an amount that go together, and a limit that is on has a number.",
        Example("StoreCoupons_UpdateCouponForStore", {"discount_amount": 1}),
    ),
    Allowance(
        "Storefront*", r"^x-paynow-customer-ip: ", "An address that decides about currency and tax is one.",
        Example("StorefrontCart_GetCart", headers={ADDRESS: "nowhere"}),
    ),
    Allowance(
        "StorefrontCart_AddLine", r"^custom_variables: Expected", "A variable has a name: `custom_variables[]` names none.",
        Example("StorefrontCart_AddLine", query={"product_id": "{productId}", "custom_variables[]": "a"}),
    ),
    Allowance(
        "StorefrontCart_AddLine", r"^custom_variables\.", "A product has only its own variables.",
        Example("StorefrontCart_AddLine", query={"product_id": "{productId}", "custom_variables[odd]": "a"}),
    ),
    Allowance(
        "StorefrontCart_AddLine", r"^quantity: ", "What a line holds is never less than nothing, nor too much.",
        Example("StorefrontCart_AddLine", query={"product_id": "{productId}", "quantity": "-1"}),
    ),
    Allowance(
        "StorefrontCart_CreateCartCheckout", r"^: The cart is empty", "First one chooses, then one buys.",
        Example("StorefrontCart_CreateCartCheckout"),
    ),
    Allowance(
        "Webhooks_*", r"^subscribed_to: .* is never sent", "Some events are the reference platform's own business.",
        Example("Webhooks_CreateSubscription", {**HOOK, "subscribed_to": "OnIgnore", "type": "json_v1"}),
    ),
    Allowance(
        "Webhooks_*", r"^url: .* Discord", "Messages to Discord go to Discord.",
        Example("Webhooks_CreateSubscription", {**HOOK, "subscribed_to": "OnRefund", "type": "discord_v1"}),
    ),
)  # fmt: skip
# What the schema forbids and the platform accepts: what schemathesis says is wrong with the request.
ACCEPTED = (
    Allowance(
        "DeliveryEvents_*", r"in body|invalid items",
        "One odd event must not lose all the others that a plugin reports with it.",
        Example("DeliveryEvents_ReportGameServerEvents", [{"event": "odd"}]),
    ),
    Allowance(
        "DeliveryCommandQueue_Mark*", r"in body|invalid items",
        "One odd entry must not keep the others from being acknowledged.",
        Example("DeliveryCommandQueue_MarkQueuedCommandExecutedBulkViaPost", [{"attempt_id": None}]),
    ),
    Allowance(
        ANY, r"violates `pattern` at /properties/([a-z_]+_)?url\b", "There are more addresses than are generated.",
        Example("Webhooks_UpdateSubscription", {"url": "https://shop.example/*"}),
    ),
)  # fmt: skip


def text(pattern: str) -> dict[str, dict[str, Any]]:
    """Texts of this form, which says how short they may be."""
    return {"string": {"pattern": pattern, "minLength": 0}}


STEAM_IDS = {"minimum": 76561197960265728, "maximum": 76561202255233023}
PLATFORMS = ["steam", "minecraft", "minecraft_offline", "minecraft_geyser", "hytale"]
MEANINGS = (
    Meaning("*_Get*", r"billing_email", {}, "A text that is searched for."),
    Meaning("*_List*", r"billing_email", {}, "A text that is searched for."),
    Meaning("Store_*", r".*_url", text(r"^(https://[a-z]{2,20}\.example/[a-z]{0,20})?$"), "The same, or none."),
    Meaning("Store_*", r".*_email", text(r"^([a-z]{2,20}@[a-z]{2,20}\.example)?$"), "The same, or none."),
    Meaning(ANY, r"(.*_)?url", text(r"^https://[a-z]{2,20}\.example/[a-z]{0,20}$"), "An address that can be opened."),
    Meaning(ANY, r"(.*_)?email", text(r"^[a-z]{2,20}@[a-z]{2,20}\.example$"), "An address that can be written to."),
    Meaning(ANY, r"slug", text(r"^[A-Za-z0-9_-]{3,36}$"), "A part of an address."),
    Meaning(ANY, r"minecraft_uuid", text(r"^([0-9a-f]{32})?$"), "A UUID, or none."),
    Meaning(ANY, r"xbox_xuid", text(r"^([1-9][0-9]{15})?$"), "A number of 64 bits, or none."),
    Meaning(ANY, r"steam_id", text(r"^76561198[0-9]{9}$") | {"integer": STEAM_IDS}, "The id of a personal account."),
    Meaning(ANY, r"(.*_)?expires_at", text(r"^20[3-9][0-9]-0[1-9]-1[0-9]T1[0-9]:00:00Z$"), "A moment that is to come."),
    Meaning("NavLinks_*", r"parent_node_id", {"string": {"format": "known-navlinkid"}}, "The id of a link."),
    Meaning("Store_*", r"currency", {"string": {"enum": ["usd", "eur", "jpy"]}}, "One that people pay with."),
    Meaning("Store_*", r"platform", {"string": {"enum": PLATFORMS}}, "One of the games' platforms."),
    Meaning("Customers_LookupCustomer", r"id", {"string": {"format": "known-customerid"}}, "The id of a customer."),
)  # fmt: skip
ANYTHING = {"schema": {"type": "string"}}
ADDRESS_OR_NONE = {"schema": {"type": "string", "pattern": r"^([1-9][0-9]?(\.[0-9]{1,2}){3})?$"}}
COUNTRY_OR_NONE = {"schema": {"type": "string", "pattern": r"^([A-Z]{2})?$"}}
HEADERS = (
    Header("Storefront*", STORE, {"required": False}, "A customer's token names the store as well."),
    Header("StorefrontC*_Create*", ADDRESS, ADDRESS_OR_NONE, "A blank header is none."),
    Header("Storefront*", ADDRESS, ANYTHING, "It is not looked at where nothing is bought."),
    Header("Storefront*", COUNTRY, COUNTRY_OR_NONE, "A blank header is none."),
)  # fmt: skip


def header(operation: str, name: str) -> Mapping[str, Any]:
    """What holds for a header instead of what the documents say."""
    found = (one for one in HEADERS if fnmatch(operation, one.operations) and one.name == name.lower())
    return next((one.holds for one in found), {})


def meaning(operation: str, member: str) -> Mapping[str, dict[str, Any]]:
    """The schemas that a member has by what it means; none where its type says all."""
    found = (one for one in MEANINGS if fnmatch(operation, one.operations) and re.fullmatch(one.member, member))
    return next((one.schemas for one in found), {})
