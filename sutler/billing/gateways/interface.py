"""What the shop asks of a gateway, and what a gateway can answer. A gateway is never called inside a transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

from msgspec import Struct

from sutler.billing.orders.models import PaymentError
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId


class Charge(Struct, frozen=True, kw_only=True):
    """What is to be paid: the amount in minor units. `payment_id` is the idempotency key: one payment, one charge.

    An amount of 0 moves no money: the payer only says what may be charged later, so `keep` is set.

    `page_url` is the checkout page, to which a gateway with a page of its own leads the payer back. All of this is
    the same whenever a payment is asked about, as gateways insist for one idempotency key.
    """

    payment_id: FlakeId
    order_id: FlakeId
    amount: int
    currency: str
    email: str
    page_url: str
    keep: bool = False  # whether the payer agrees that what they pay with is charged again for renewals
    off_session: bool = False  # whether it is taken without the payer, by `charge_again`


class Vaulted(Struct, frozen=True, kw_only=True):
    """What a payer has let the store charge again, by the gateway's own names for the payer and for it."""

    customer: str
    reference: str


class Succeeded(Struct, frozen=True, kw_only=True):
    """The money is taken. `fee_amount` is what the gateway keeps of it, in minor units."""

    method_type: str
    method_details: PaymentMethodDetailsDto
    fee_amount: int = 0
    vaulted: Vaulted | None = None  # where it was to be kept, and can be


class Declined(Struct, frozen=True, kw_only=True):
    """No money was taken, and none will be; the payer may try again with another payment."""

    error: PaymentError
    method_type: str
    method_details: PaymentMethodDetailsDto


class Canceled(Struct, frozen=True):
    """No money was taken, and none will be: the charge never reached the gateway, or was closed there."""


class Pending(Struct, frozen=True, kw_only=True):
    """Not decided yet. The gateway may tell by itself; if it has not, it is asked at `look_again` (the store's time).

    `continue_url` is where the payer has to go to confirm, if anywhere. `notices` is when a simulated gateway will
    tell; others do so over HTTP.
    """

    look_again: datetime
    continue_url: str | None = None
    notices: tuple[datetime, ...] = ()


Outcome = Succeeded | Declined | Canceled
Answer = Outcome | Pending


class Unanswered(Exception):
    """The gateway gave no answer, so what became of the charge is not known yet. It is asked later."""


class Repayment(Struct, frozen=True, kw_only=True):
    """Money to give back: `amount` minor units of what a charge has taken. `refund_id` is the idempotency key."""

    refund_id: FlakeId
    charge: Charge
    amount: int


class Refunded(Struct, frozen=True, kw_only=True):
    """The money is on its way back. `fee_amount` is what the gateway gives back of its own fee, in minor units."""

    fee_amount: int = 0


class RefundFailed(Struct, frozen=True):
    """No money was given back, and none will be for this refund; `reason` is for people."""

    reason: str


class RefundPending(Struct, frozen=True):
    """Not decided yet; the gateway is asked again at `look_again` (the store's time), unless it tells by itself."""

    look_again: datetime


RefundAnswer = Refunded | RefundFailed | RefundPending


class Repaid(Struct, frozen=True, kw_only=True):
    """A refund that the gateway knows of, and how it stands now: one of ours, or one that was made on its own page.

    `reference` is the gateway's name for it, `refund_id` ours as far as it carries one; `amount` is minor units of what
    was charged.
    """

    reference: str
    refund_id: str
    amount: int
    answer: RefundAnswer


DisputeState = Literal["pending", "won", "lost"]


class Dispute(Struct, frozen=True, kw_only=True):
    """A payer's bank wants money back. `reference` is the gateway's name for it; amounts are minor units.

    `fee_amount` is what the gateway charges for it, `reason` in the gateway's words. `won` means that the store keeps the
    money.
    """

    reference: str
    state: DisputeState
    amount: int
    fee_amount: int = 0
    reason: str = ""


class Setting(Struct, frozen=True):
    """Something that a gateway needs to know of a store before it can take its money."""

    text: str
    is_secret: bool = False


class Gateway(Protocol):
    """One way to take money."""

    @property
    def name(self) -> str:
        """Its name on the wire."""

    @property
    def title(self) -> str:
        """Its name for people."""

    @property
    def method_type(self) -> str:
        """What buyers pay with, as far as it is known before they do."""

    @property
    def settings(self) -> Mapping[str, Setting]:
        """What it needs to know of a store, by name."""

    def reference(self, payment_id: FlakeId) -> str:
        """How the gateway calls this payment; known before the gateway is."""

    def takes(self, amount: int, currency: str) -> bool:
        """Whether it can charge so many minor units of another currency than the store's."""

    async def charge(self, shop: Shop, charge: Charge, instrument: str) -> Answer:
        """Take the money with what the payer chose (`instrument` is in the gateway's own words).

        The same payment charged again gives the same answer and takes nothing more. `Unanswered`, or any other
        exception, means that the answer is not known: ask for it with `outcome`.
        """

    @property
    def can_recur(self) -> bool:
        """Whether it can keep what somebody paid with and charge it again without them."""

    async def charge_again(self, shop: Shop, charge: Charge, vaulted: Vaulted) -> Answer:
        """Take the money from what the payer has let the store keep, without the payer.

        Where they have to confirm, it is `Declined` with `authentication_required`: they pay on the checkout page then.
        The same payment charged again takes nothing more, as with `charge`; `outcome` serves both.
        """

    async def outcome(self, shop: Shop, charge: Charge) -> Answer:
        """What became of a charge. One that the gateway never heard of it closes, so that it cannot succeed later.

        An exception means that the answer is not known yet: ask again later.
        """

    async def give_up(self, shop: Shop, charge: Charge) -> Answer:
        """The payer wants to pay another way: close the charge unless it has succeeded, and say what became of it.

        An exception means that the answer is not known yet: ask again later.
        """

    async def refund(self, shop: Shop, repayment: Repayment) -> RefundAnswer:
        """Give money back. Any exception means that the answer is not known: `refund_outcome` asks for it later."""

    async def refund_outcome(self, shop: Shop, repayment: Repayment) -> RefundAnswer | None:
        """What became of a refund; None when the gateway has never heard of it, so that it can be asked for again.

        An exception means that the answer is not known yet: ask again later.
        """

    async def refunds(self, shop: Shop, charge: Charge) -> Sequence[Repaid]:
        """Every refund of a charge that the gateway knows of, oldest first. Any exception means: ask again later."""

    async def disputes(self, shop: Shop, charge: Charge) -> Sequence[Dispute]:
        """Every dispute over a charge that the gateway knows of, and how it stands now."""
