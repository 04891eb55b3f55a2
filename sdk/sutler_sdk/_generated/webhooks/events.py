"""Webhook events. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

from sutler_sdk._generated.webhooks.models import (
    ChargebackBody,
    DeliveryItemBody,
    DiscordAccountLinkedToCheckoutBody,
    OrderCompletedBody,
    PaymentCompletedBody,
    PaymentFailedBody,
    RefundBody,
    SubscriptionBody,
    SubscriptionCanceledBody,
    TrialBody,
)
from sutler_sdk._wire import Model


class ChargebackEvent(Model, frozen=True, kw_only=True):
    """`ON_CHARGEBACK`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_CHARGEBACK"]
    event_id: str
    body: ChargebackBody


class ChargebackClosedEvent(Model, frozen=True, kw_only=True):
    """`ON_CHARGEBACK_CLOSED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_CHARGEBACK_CLOSED"]
    event_id: str
    body: ChargebackBody


class DeliveryItemActivatedEvent(Model, frozen=True, kw_only=True):
    """`ON_DELIVERY_ITEM_ACTIVATED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_DELIVERY_ITEM_ACTIVATED"]
    event_id: str
    body: DeliveryItemBody


class DeliveryItemAddedEvent(Model, frozen=True, kw_only=True):
    """`ON_DELIVERY_ITEM_ADDED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_DELIVERY_ITEM_ADDED"]
    event_id: str
    body: DeliveryItemBody


class DeliveryItemExpiredEvent(Model, frozen=True, kw_only=True):
    """`ON_DELIVERY_ITEM_EXPIRED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_DELIVERY_ITEM_EXPIRED"]
    event_id: str
    body: DeliveryItemBody


class DeliveryItemRenewedEvent(Model, frozen=True, kw_only=True):
    """`ON_DELIVERY_ITEM_RENEWED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_DELIVERY_ITEM_RENEWED"]
    event_id: str
    body: DeliveryItemBody


class DeliveryItemRevokedEvent(Model, frozen=True, kw_only=True):
    """`ON_DELIVERY_ITEM_REVOKED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_DELIVERY_ITEM_REVOKED"]
    event_id: str
    body: DeliveryItemBody


class DeliveryItemUsedEvent(Model, frozen=True, kw_only=True):
    """`ON_DELIVERY_ITEM_USED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_DELIVERY_ITEM_USED"]
    event_id: str
    body: DeliveryItemBody


class DiscordAccountLinkedToCheckoutEvent(Model, frozen=True, kw_only=True):
    """`ON_DISCORD_ACCOUNT_LINKED_TO_CHECKOUT`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_DISCORD_ACCOUNT_LINKED_TO_CHECKOUT"]
    event_id: str
    body: DiscordAccountLinkedToCheckoutBody


class OrderCompletedEvent(Model, frozen=True, kw_only=True):
    """`ON_ORDER_COMPLETED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_ORDER_COMPLETED"]
    event_id: str
    body: OrderCompletedBody


class PaymentCompletedEvent(Model, frozen=True, kw_only=True):
    """`ON_PAYMENT_COMPLETED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_PAYMENT_COMPLETED"]
    event_id: str
    body: PaymentCompletedBody


class PaymentFailedEvent(Model, frozen=True, kw_only=True):
    """`ON_PAYMENT_FAILED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_PAYMENT_FAILED"]
    event_id: str
    body: PaymentFailedBody


class RefundEvent(Model, frozen=True, kw_only=True):
    """`ON_REFUND`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_REFUND"]
    event_id: str
    body: RefundBody


class SubscriptionActivatedEvent(Model, frozen=True, kw_only=True):
    """`ON_SUBSCRIPTION_ACTIVATED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_SUBSCRIPTION_ACTIVATED"]
    event_id: str
    body: SubscriptionBody


class SubscriptionCanceledEvent(Model, frozen=True, kw_only=True):
    """`ON_SUBSCRIPTION_CANCELED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_SUBSCRIPTION_CANCELED"]
    event_id: str
    body: SubscriptionCanceledBody


class SubscriptionRenewedEvent(Model, frozen=True, kw_only=True):
    """`ON_SUBSCRIPTION_RENEWED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_SUBSCRIPTION_RENEWED"]
    event_id: str
    body: SubscriptionBody


class TrialActivatedEvent(Model, frozen=True, kw_only=True):
    """`ON_TRIAL_ACTIVATED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_TRIAL_ACTIVATED"]
    event_id: str
    body: TrialBody


class TrialCanceledEvent(Model, frozen=True, kw_only=True):
    """`ON_TRIAL_CANCELED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_TRIAL_CANCELED"]
    event_id: str
    body: TrialBody


class TrialCompletedEvent(Model, frozen=True, kw_only=True):
    """`ON_TRIAL_COMPLETED`. `event_id` stays the same however often it is sent."""

    event_type: Literal["ON_TRIAL_COMPLETED"]
    event_id: str
    body: TrialBody


class UnknownEvent(Model, frozen=True, kw_only=True):
    """An event that this version has no class for."""

    event_type: str
    event_id: str
    body: Any


Event: TypeAlias = (
    ChargebackEvent
    | ChargebackClosedEvent
    | DeliveryItemActivatedEvent
    | DeliveryItemAddedEvent
    | DeliveryItemExpiredEvent
    | DeliveryItemRenewedEvent
    | DeliveryItemRevokedEvent
    | DeliveryItemUsedEvent
    | DiscordAccountLinkedToCheckoutEvent
    | OrderCompletedEvent
    | PaymentCompletedEvent
    | PaymentFailedEvent
    | RefundEvent
    | SubscriptionActivatedEvent
    | SubscriptionCanceledEvent
    | SubscriptionRenewedEvent
    | TrialActivatedEvent
    | TrialCanceledEvent
    | TrialCompletedEvent
    | UnknownEvent
)
"""Whatever a webhook may send."""

EVENTS: Final[dict[str, type[Event]]] = {
    "ON_CHARGEBACK": ChargebackEvent,
    "ON_CHARGEBACK_CLOSED": ChargebackClosedEvent,
    "ON_DELIVERY_ITEM_ACTIVATED": DeliveryItemActivatedEvent,
    "ON_DELIVERY_ITEM_ADDED": DeliveryItemAddedEvent,
    "ON_DELIVERY_ITEM_EXPIRED": DeliveryItemExpiredEvent,
    "ON_DELIVERY_ITEM_RENEWED": DeliveryItemRenewedEvent,
    "ON_DELIVERY_ITEM_REVOKED": DeliveryItemRevokedEvent,
    "ON_DELIVERY_ITEM_USED": DeliveryItemUsedEvent,
    "ON_DISCORD_ACCOUNT_LINKED_TO_CHECKOUT": DiscordAccountLinkedToCheckoutEvent,
    "ON_ORDER_COMPLETED": OrderCompletedEvent,
    "ON_PAYMENT_COMPLETED": PaymentCompletedEvent,
    "ON_PAYMENT_FAILED": PaymentFailedEvent,
    "ON_REFUND": RefundEvent,
    "ON_SUBSCRIPTION_ACTIVATED": SubscriptionActivatedEvent,
    "ON_SUBSCRIPTION_CANCELED": SubscriptionCanceledEvent,
    "ON_SUBSCRIPTION_RENEWED": SubscriptionRenewedEvent,
    "ON_TRIAL_ACTIVATED": TrialActivatedEvent,
    "ON_TRIAL_CANCELED": TrialCanceledEvent,
    "ON_TRIAL_COMPLETED": TrialCompletedEvent,
}
"""The class of each event."""
