"""Taking money through PayPal: the payer agrees on a page of PayPal's and comes back; then we ask for the money."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from sutler.billing.gateway_accounts.queries import settings_in
from sutler.billing.gateways import paypal_money, paypal_notices
from sutler.billing.gateways.interface import (
    Answer,
    Canceled,
    Charge,
    Dispute,
    Pending,
    RefundAnswer,
    Repaid,
    Repayment,
    Setting,
    Succeeded,
    Unanswered,
    Vaulted,
)  # fmt: skip
from sutler.billing.gateways.paypal_amounts import can_be_charged
from sutler.billing.gateways.paypal_api import Account, Rejected, address
from sutler.billing.gateways.paypal_orders import SOON, Order, declined, meaning, refusal, request, waiting
from sutler.billing.paypal import service as kept
from sutler.billing.paypal.models import PayPalOrder
from sutler.kernel import clock
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId, created_at
from sutler.stores.stores.service import current

OPEN_FOR: Final = timedelta(minutes=35)  # that a payer may take; until then a payment holds its checkout
FORGOTTEN: Final = timedelta(hours=6)  # PayPal drops what nobody asked for after three hours
AGREE_AGAIN: Final = ("ORDER_NOT_APPROVED", "PAYER_ACTION_REQUIRED")
log = structlog.get_logger("sutler.paypal")


class PayPal:
    """A gateway whose payments are PayPal's orders.

    An order that the payer has agreed to moves no money until it is captured, and only we can do that. So what we
    have written down decides: an order is captured only once its id is kept as `taking`, and a payment ends without
    money only once its order is kept as `closed`, each by one conditional write. An order whose id got lost between
    PayPal's answer and our commit is asked for again with the same key, and is the same; were PayPal to forget the
    key (after hours), there would be a second order, and the first, which nobody ever captures, would end by itself.
    """

    name = "paypal"
    title = "PayPal"
    method_type = "paypal"
    can_recur = False
    settings: Final[Mapping[str, Setting]] = {
        "client_id": Setting("The client id of the app: a live one for a store in live mode, else a sandbox one."),
        "client_secret": Setting("The secret of the app.", is_secret=True),
        "webhook_id": Setting("The id that PayPal gave to the webhook for this store."),
    }

    def reference(self, payment_id: FlakeId) -> str:
        """What PayPal shows as the invoice id."""
        return payment_id

    def takes(self, amount: int, currency: str) -> bool:
        """The currencies of its list, and of some whole amounts only."""
        return can_be_charged(amount, currency)

    async def charge(self, shop: Shop, charge: Charge, instrument: str) -> Answer:
        """Make an order, to which the payer goes on to agree."""
        return await self.outcome(shop, charge)

    async def charge_again(self, shop: Shop, charge: Charge, vaulted: Vaulted) -> Answer:
        """Nothing is kept that could be charged."""
        return Canceled()

    async def outcome(self, shop: Shop, charge: Charge) -> Answer:
        """What became of the order; one that the payer has agreed to is captured now."""
        row = await kept.find(shop, charge.payment_id)
        if row is None and not _older(charge, OPEN_FOR):
            return await _opened(shop, charge)
        if row is None or (row.state == "open" and _older(charge, FORGOTTEN)):
            row = await kept.close(shop, charge.payment_id)
        return _ended(row) or await _went_on(await _account(shop), shop, charge, row)

    async def give_up(self, shop: Shop, charge: Charge) -> Answer:
        """Never ask for the money. If it was asked for already, it matters what came of that."""
        return _ended(await kept.close(shop, charge.payment_id)) or await self.outcome(shop, charge)

    async def refund(self, shop: Shop, repayment: Repayment) -> RefundAnswer:
        """Pay back. What PayPal refuses because it has done it already, has been done."""
        account, row = await _account(shop), await _paid(shop, repayment.charge)
        capture = row.capture or await _capture(account, row)
        try:
            return await paypal_money.give_back(account, capture, repayment)
        except Rejected as refused:
            return await self.refund_outcome(shop, repayment) or paypal_money.refused(refused)

    async def refund_outcome(self, shop: Shop, repayment: Repayment) -> RefundAnswer | None:
        """What became of a refund. PayPal lists it with the order, under the refund's id."""
        return paypal_money.found(await _known(shop, repayment.charge), repayment)

    async def refunds(self, shop: Shop, charge: Charge) -> Sequence[Repaid]:
        """Every refund of the payment, also those that were made on PayPal's page."""
        return paypal_money.every(await _known(shop, charge), charge)

    async def disputes(self, shop: Shop, charge: Charge) -> Sequence[Dispute]:
        """What PayPal calls claims, and what banks do; not what payer and store only talk about."""
        row = await kept.find(shop, charge.payment_id)
        if row is None or not row.capture:
            return []
        try:
            return await paypal_money.disputes(await _account(shop), row.capture, charge.currency)
        except Rejected as refused:
            raise Unanswered(str(refused)) from refused

    @staticmethod
    async def payment_of(shop: Shop, capture: str) -> FlakeId | None:
        """Which payment PayPal calls so; None when it is of something else in the account."""
        return await paypal_money.payment_of(await _account(shop), capture)

    @staticmethod
    async def signed(shop: Shop, body: bytes, header: paypal_notices.Headers) -> bool:
        """Whether a notification comes from PayPal and is meant for this store's webhook. PayPal says so itself."""
        async with shop.reading() as store:
            webhook_id = (await settings_in(store, PayPal.name)).get("webhook_id", "")
        asked = paypal_notices.question(body, header, webhook_id)
        return asked is not None and await paypal_notices.confirmed(await _account(shop), asked)


async def _account(shop: Shop) -> Account:
    """The store's account, as it is now. Sandbox credentials work in the sandbox only, where stores in test mode are led."""
    async with shop.reading() as store:
        seller, told = await current(store), await settings_in(store, PayPal.name)
    if "client_id" not in told or "client_secret" not in told:
        raise Unanswered("The store has no credentials of PayPal's any more, and without them nothing can be asked.")
    return Account(shop.store_id, address(live_mode=seller.live_mode), told["client_id"], told["client_secret"])


def _older(charge: Charge, age: timedelta) -> bool:
    return clock.real_now() > created_at(charge.payment_id) + age


def _ended(row: PayPalOrder) -> Answer | None:
    """What a closed order means; None while it is not closed."""
    if row.state != "closed":
        return None
    return declined(row.error) if row.error else Canceled()


async def _opened(shop: Shop, charge: Charge) -> Answer:
    try:
        asked, account = request(charge), await _account(shop)
        order = await account.call("POST", "/v2/checkout/orders", Order, body=asked, key=charge.payment_id)
    except Rejected as refused:
        log.warning("PayPal took no payment", reason=str(refused), store_id=shop.store_id, payment_id=charge.payment_id)
        row = await kept.close(shop, charge.payment_id, refusal(refused.issue, "processing_error"))
        return _ended(row) or waiting(charge)  # somebody else had better luck
    row = await kept.remember(shop, charge.payment_id, order.id)
    return _ended(row) or waiting(charge, order.continue_url)


async def _went_on(account: Account, shop: Shop, charge: Charge, row: PayPalOrder) -> Answer:
    """What became of an order that is not closed."""
    order = await _look(account, row)
    if order and (answer := meaning(order, charge)):
        return await _told(shop, charge, order, answer)
    if row.state == "taking" or (order and order.status == "APPROVED"):
        return await _taken(account, shop, charge, row)
    if order is None or order.status == "VOIDED" or _older(charge, OPEN_FOR):
        return _ended(await kept.close(shop, charge.payment_id)) or waiting(charge)
    return waiting(charge, order.continue_url)


async def _look(account: Account, row: PayPalOrder) -> Order | None:
    """The order as it is now; None when PayPal has dropped it."""
    try:
        return await account.call("GET", f"/v2/checkout/orders/{row.reference}", Order)
    except Rejected as refused:
        if refused.status == 404:
            return None
        raise Unanswered(str(refused)) from refused


async def _taken(account: Account, shop: Shop, charge: Charge, row: PayPalOrder) -> Answer:
    """Ask for the money, unless somebody else is just doing that."""
    mine = await kept.claim(shop, charge.payment_id)
    if mine is None:
        return Pending(look_again=clock.now() + SOON)
    path = f"/v2/checkout/orders/{row.reference}/capture"
    try:
        order = await account.call("POST", path, Order, body={}, key=f"capture-{charge.payment_id}")
    except Rejected as refused:
        return await _refused(shop, charge, mine, refused)
    except Unanswered:
        await kept.release(shop, charge.payment_id, mine, {})
        raise
    answer = meaning(order, charge)
    if answer is None:
        await kept.release(shop, charge.payment_id, mine, {})
        raise Unanswered("PayPal says that the money was taken, but not which.")
    return await _told(shop, charge, order, answer, mine)


async def _refused(shop: Shop, charge: Charge, mine: datetime, refused: Rejected) -> Answer:
    """No money was taken. Whether there will be any is decided by why."""
    if refused.is_ours or refused.issue == "ORDER_ALREADY_CAPTURED":  # which the next look shows
        await kept.release(shop, charge.payment_id, mine, {})
        raise Unanswered(str(refused)) from refused
    if refused.issue in AGREE_AGAIN:
        over = _older(charge, OPEN_FOR)
        await kept.release(shop, charge.payment_id, mine, {"state": "closed" if over else "open"})
        return Canceled() if over else waiting(charge)
    log.info("PayPal took no money", reason=str(refused), store_id=shop.store_id, payment_id=charge.payment_id)
    error = refusal(refused.issue)
    if not await kept.release(shop, charge.payment_id, mine, {"state": "closed", "error": error}):
        raise Unanswered("The answer took too long, and somebody else has asked for the money since.")
    return declined(error)


async def _told(
    shop: Shop, charge: Charge, order: Order, answer: Answer, mine: datetime | None = None
) -> Answer:  # fmt: skip
    """Write down what the money of an order means, before it takes effect."""
    if isinstance(answer, Succeeded) and order.money.taken:
        await kept.captured(shop, charge.payment_id, order.money.taken.id)
    elif mine is not None:
        await kept.release(shop, charge.payment_id, mine, {})
    return answer


async def _paid(shop: Shop, charge: Charge) -> PayPalOrder:
    row = await kept.find(shop, charge.payment_id)
    if row is None or not row.reference:
        raise Unanswered("We know of no order of PayPal’s for this payment.")
    return row


async def _known(shop: Shop, charge: Charge) -> Order:
    """The order of a payment that was paid, with its money."""
    order = await _look(await _account(shop), await _paid(shop, charge))
    if order is None:
        raise Unanswered("PayPal doesn’t know the order of this payment any more.")
    return order


async def _capture(account: Account, row: PayPalOrder) -> str:
    """PayPal's id of the money that an order brought."""
    order = await _look(account, row)
    if order is None or order.money.taken is None:
        raise Unanswered("PayPal knows of no money that was taken for this payment.")
    return order.money.taken.id


PAYPAL: Final = PayPal()
