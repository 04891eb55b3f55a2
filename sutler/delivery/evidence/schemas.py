"""What is known of a purchase, as a bank wants to read it. Amounts are minor units; moments are UTC."""

from datetime import datetime

from msgspec import Struct

from sutler.billing.disputes.schemas import PaymentDisputeDto
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.checkout.checkouts.models import Address
from sutler.delivery.command_log.schemas import CommandLogEntryDto
from sutler.kernel.ids import FlakeId


class Seller(Struct, kw_only=True):
    """The store."""

    id: FlakeId
    name: str
    website_url: str | None
    support_email: str | None


class Bill(Struct, kw_only=True):
    """Whom the purchase was billed to, and the address that it came from."""

    name: str
    email: str
    country: str
    address: Address | None
    tax_id: str | None
    ip: str


class Bought(Struct, kw_only=True):
    """A line of the receipt. `receiver_id` is who got it, if that was not the buyer."""

    id: FlakeId
    product: str
    quantity: int
    price: int
    total_amount: int
    total: str
    receiver_id: FlakeId | None


class Receipt(Struct, kw_only=True):
    """What was bought, and for how much."""

    order_id: FlakeId
    pretty_id: str
    status: str
    checkout_opened_at: datetime | None
    ordered_at: datetime
    completed_at: datetime | None
    currency: str
    subtotal_amount: int
    discount_amount: int
    tax_amount: int
    giftcard_usage_amount: int
    giftcard_usage: str
    total_amount: int
    total: str
    lines: list[Bought]


class Money(Struct, kw_only=True):
    """How it was paid, what was given back and what is disputed."""

    id: FlakeId
    pretty_id: str
    gateway: str
    reference: str
    method_type: str
    method_details: PaymentMethodDetailsDto
    status: str
    amount: int
    paid: str
    refunded_amount: int
    refunded: str
    started_at: datetime | None
    completed_at: datetime | None
    disputes: list[PaymentDisputeDto]


class Person(Struct, kw_only=True):
    """The buyer, or somebody who received a gift, with every account that is known of them."""

    id: FlakeId
    is_buyer: bool
    name: str | None
    email: str | None
    steam_id: str | None
    steam_name: str | None
    minecraft_uuid: str | None
    minecraft_name: str | None
    xbox_xuid: str | None
    known_since: datetime


class Ran(Struct, kw_only=True):
    """A command on a game server, with each time that it was handed out or acknowledged."""

    id: FlakeId
    gameserver: str
    stage: str
    command: str
    queued_at: datetime
    executed_at: datetime | None
    executed_by_ip: str | None
    log: list[CommandLogEntryDto]


class Delivered(Struct, kw_only=True):
    """One unit in somebody's inventory, and the commands that gave it."""

    id: FlakeId
    product: str
    receiver_id: FlakeId
    state: str
    added_at: datetime
    active_at: datetime | None
    expires_at: datetime | None
    removed_at: datetime | None
    revoked_at: datetime | None
    revoke_reason: str | None
    commands: list[Ran]


class Joined(Struct, kw_only=True):
    """One of these people joined a game server. `customer_id` is whoever had the account then."""

    gameserver: str
    customer_id: FlakeId | None
    steam_id: str | None
    minecraft_uuid: str | None
    minecraft_name: str | None
    ip: str | None
    joined_at: datetime


class Evidence(Struct, kw_only=True):
    """Everything that is known of a purchase. Lists are oldest first.

    `complete` is false when there was more than fits: then the newest are here.
    """

    gathered_at: datetime
    seller: Seller
    receipt: Receipt
    bill: Bill
    payment: Money
    people: list[Person]
    deliveries: list[Delivered]
    joins: list[Joined]
    complete: bool


class EvidenceDownload(Struct, kw_only=True):
    """Where the evidence can be fetched, for a quarter of an hour."""

    download_url: str
