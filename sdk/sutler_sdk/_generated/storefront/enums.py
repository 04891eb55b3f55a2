"""Texts that the storefront API knows. Made by `make sdk`; changes are lost."""

from typing import Literal

CustomVariableType = Literal["dropdown", "text", "number"]
CustomerMinecraftPlatform = Literal["unknown", "java", "bedrock"]
CustomerProfilePlatform = Literal[
    "invalid",
    "steam",
    "minecraft",
    "paynow_name",
    "paynow",
    "minecraft_java_name",
    "minecraft_bedrock_name",
    "xbox_xuid",
    "minecraft_uuid",
]
DeliveryItemStateDto = Literal["usable", "active", "used", "revoked", "renewed"]
OrderStatus = Literal["created", "completed", "canceled", "refunded", "chargeback"]
OrderType = Literal["one_time", "subscription_initial", "subscription_renewal", "subscription_proration", "mixed"]
ProductRemoveAfterIntervalScale = Literal["invalid", "day", "week", "month"]
ProductSubscriptionIntervalScale = Literal["invalid", "day", "week", "month", "year"]
ProrationBehaviorDto = Literal["invalid", "immediate", "next_billing_period", "none"]
SaleDiscountTypeDto = Literal["percent", "amount"]
SubscriptionChangeStatusDto = Literal[
    "invalid", "pending_payment", "pending_renewal", "applied", "canceled", "pending_verification"
]
SubscriptionStatusDto = Literal["invalid", "created", "active", "canceled"]
