"""What every account of a store must hold, worked out from orders, payments, refunds, disputes and gift cards alone."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from sutler.billing.disputes.models import PaymentDispute
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import Refund
from sutler.kernel.data.context import StoreContext
from sutler.promotions.gift_card_uses.models import GiftCardUse
from sutler.promotions.gift_cards.models import GiftCard
from sutler.stores.ledger.service import balances
from tests.acceptance.living import AFFILIATE, COMMISSION

PAID = ("completed", "refunded", "chargeback")
TOOK = ("completed", "refund_processing", "refund_failed", "refunded", "chargeback")
Accounts = Counter[str]


class Facts(Struct):
    """Everything in a store that money depends on."""

    orders: Sequence[Order]
    lines: Sequence[OrderLine]
    payments: Sequence[Payment]  # that took their money
    refunds: Sequence[Refund]  # that are completed
    came_back: Sequence[Refund]  # whose money is with the store again; what gift cards got they keep
    disputes: Sequence[PaymentDispute]
    cards: Sequence[GiftCard]
    uses: Sequence[GiftCardUse]

    @classmethod
    async def of(cls, store: StoreContext) -> "Facts":
        """As they are now."""
        payments, refunds = await store.all(store.rows(Payment)), await store.all(store.rows(Refund))
        return cls(
            orders=[order for order in await store.all(store.rows(Order)) if order.status in PAID],
            lines=await store.all(store.rows(OrderLine)),
            payments=[payment for payment in payments if payment.status in TOOK],
            refunds=[refund for refund in refunds if refund.status == "completed"],
            came_back=[refund for refund in refunds if refund.reversal_id is not None],
            disputes=await store.all(store.rows(PaymentDispute)),
            cards=await store.all(store.rows(GiftCard)),
            uses=await store.all(store.rows(GiftCardUse)),
        )

    def derived(self) -> dict[str, int]:
        """What each account must hold; those that hold nothing are left out."""
        parts = (self.of_payments(), self.of_refunds(), self.of_disputes(), self.of_cards(), self.of_affiliates())
        found = Accounts()
        for part in parts:
            found.update(part)
        return {account: amount for account, amount in found.items() if amount}

    def of_payments(self) -> Accounts:
        """What was sold, and how it was paid; what cards pay alone is taxed with them."""
        found = Accounts()
        for payment in self.payments:
            if payment.amount:
                found[f"gateway:{payment.gateway}"] += payment.amount - payment.gateway_fee_amount
            found["fees"] += payment.gateway_fee_amount
            found["sales"] -= payment.amount - payment.tax_amount
            found["tax"] -= payment.tax_amount
        for order in self.orders:
            tax = 0 if order.total_amount else order.tax_amount
            found["sales"] -= order.giftcard_usage_amount - tax
            found["tax"] -= tax
        return found

    def of_refunds(self) -> Accounts:
        """What was given back, in money and to cards."""
        found, gateways = Accounts(), {payment.id: payment.gateway for payment in self.payments}
        for refund in self.refunds:
            if refund.amount:
                found[f"gateway:{gateways[refund.payment_id]}"] -= refund.amount - refund.gateway_fee_amount
            found["fees"] -= refund.gateway_fee_amount
            found["sales"] += refund.amount - refund.tax_amount
            found["tax"] += refund.tax_amount
        for refund in [*self.refunds, *self.came_back]:
            found["sales"] += refund.giftcard_amount - refund.giftcard_tax_amount
            found["tax"] += refund.giftcard_tax_amount
        return found

    def of_disputes(self) -> Accounts:
        """What banks have taken, for a time or for good."""
        found, gateways = Accounts(), {payment.id: payment.gateway for payment in self.payments}
        for dispute in self.disputes:
            gone = 0 if dispute.state == "won" else dispute.amount
            found[f"gateway:{gateways[dispute.payment_id]}"] -= gone + dispute.fee_amount
            found["disputed" if dispute.state == "pending" else "chargebacks"] += gone
            found["fees"] += dispute.fee_amount
        return found

    def of_cards(self) -> Accounts:
        """What is on cards, what waits for a payment, and what was left on those that are canceled."""
        found = Accounts()
        for card in self.cards:
            mine = [use for use in self.uses if use.card_id == card.id]
            spent = sum(use.amount - use.refunded_amount for use in mine if use.state == "spent")
            waits = sum(use.amount for use in mine if use.state == "reserved")
            left = card.starting_balance - spent - waits
            found[f"giftcard:{card.id}"] -= 0 if card.canceled_at else left
            found["giftcards_forfeited"] -= left if card.canceled_at else 0
            found["giftcards_reserved"] -= waits
            found["giftcards_issued"] += card.starting_balance
        return found

    def of_affiliates(self) -> Accounts:
        """Their share of what was paid in money without tax, less that of what is gone."""
        found = Accounts()
        for payment in self.payments:
            lines = [line for line in self.lines if line.order_id == payment.order_id and line.details.affiliate is not None]
            earned = sum(line.total_amount - line.tax_amount for line in lines) * COMMISSION // 1000
            gone = sum(refund.amount for refund in self.refunds if refund.payment_id == payment.id)
            gone += sum(one.amount for one in self.disputes if one.payment_id == payment.id and one.state == "lost")
            if earned > 0:
                kept = earned - (2 * earned * gone + payment.amount) // (2 * payment.amount)  # halves are taken back
                found["commissions"] += kept
                found[f"wallet:{AFFILIATE}"] -= kept
        return found


async def assert_that_accounts_are_right(store: StoreContext) -> None:
    """Every account holds what follows from everything else, and cards get back no more than they paid."""
    facts = await Facts.of(store)
    held = {account: amount for (account, _), amount in (await balances(store)).items() if amount}
    assert held == facts.derived()
    assert all(card.balance == -held.get(f"giftcard:{card.id}", 0) >= 0 for card in facts.cards)
    for order in facts.orders:
        mine_back = [refund for refund in [*facts.refunds, *facts.came_back] if refund.order_id == order.id]
        given = sum(refund.giftcard_amount for refund in mine_back)
        mine = [use for use in facts.uses if use.order_id == order.id]
        assert given == sum(use.refunded_amount for use in mine) <= order.giftcard_usage_amount
        assert sum(use.amount for use in mine) == order.giftcard_usage_amount
