"""The simulated gateway: it takes no money, does what its script says, and remembers what it decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec.structs import replace

from sutler.billing.gateways import scripts, simulator_cards, simulator_disputes, simulator_refunds
from sutler.billing.gateways.interface import (
    Answer,
    Canceled,
    Charge,
    Declined,
    Dispute,
    Pending,
    RefundAnswer,
    Repaid,
    Repayment,
    Setting,
    Succeeded,
    Unanswered,
    Vaulted,
)
from sutler.billing.gateways.scripts import SUCCEEDS, Funding, Script
from sutler.billing.orders.models import PaymentError
from sutler.billing.payment_methods.schemas import CardDetailsDto, PaymentMethodDetailsDto
from sutler.billing.simulator.models import Decision, SimulatedCharge
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import param, rows
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId

AUTHENTICATION: Final = timedelta(minutes=15)  # that the payer has to confirm
PATIENCE: Final = timedelta(minutes=1)  # with a notice, before the shop asks by itself
LATE: Final = timedelta(days=1)
LAST4_DECLINED: Final = "0002"
OF_PAYMENT: Final = rows(SimulatedCharge).where(SimulatedCharge.c.payment_id == param("payment_id"))


def card(last4: str, funding: Funding = "credit") -> PaymentMethodDetailsDto:
    """A card that exists in the simulator only."""
    facts = CardDetailsDto(
        brand="visa", country="US", exp_month=12, exp_year=2099, fingerprint=f"simulated-{last4}",
        funding=funding, last4=last4,
    )  # fmt: skip
    return PaymentMethodDetailsDto(card=facts)


class Simulator:
    """A gateway for stores that are not in live mode; its instruments are the words of `scripts`."""

    name = "simulator"
    title = "Simulated card"
    method_type = "card"
    settings: Final[Mapping[str, Setting]] = {}
    can_recur = True

    def reference(self, payment_id: FlakeId) -> str:
        """The simulator's name for a payment."""
        return f"sim_{payment_id}"

    def takes(self, amount: int, currency: str) -> bool:
        """Nothing is taken, so it may be of any currency."""
        return True

    async def charge(self, shop: Shop, charge: Charge, instrument: str) -> Answer:
        """Do as the script says, unless this payment was decided before."""
        script = scripts.read(instrument)
        return _told(await self._decided(shop, _decision(charge, script), script), charge, script)

    async def charge_again(self, shop: Shop, charge: Charge, vaulted: Vaulted) -> Answer:
        """Do with the kept card as its script says, unless this payment was decided before."""
        async with shop.writing() as store:
            card = await simulator_cards.locked(store, vaulted.reference)
            known = await store.peek(OF_PAYMENT, payment_id=charge.payment_id)
            if known:
                return answer(known, charge)
            if card is None:
                return simulator_cards.GONE
            script = await simulator_cards.used(store, card)
            row = _decision(replace(charge, keep=False), script)
            if not await store.add_new(row, SimulatedCharge.c.payment_id):
                return answer(await kept_of(store, charge.payment_id), charge)
        return _told(row, charge, script)

    async def outcome(self, shop: Shop, charge: Charge) -> Answer:
        """What was decided; a payment that never arrived here is closed now, as is one that nobody confirmed in time."""
        kept = await self._decided(shop, _row(charge, "canceled", Script()))
        if kept.decision == "asked" and kept.told_at <= clock.now():
            await self._confirmed(shop, charge.payment_id, "declined")
            kept = await self._decided(shop, kept)
        return answer(kept, charge)

    async def give_up(self, shop: Shop, charge: Charge) -> Answer:
        """Nobody confirms any more; what was decided before stays decided."""
        await self._confirmed(shop, charge.payment_id, "canceled")
        return await self.outcome(shop, charge)

    async def refund(self, shop: Shop, repayment: Repayment) -> RefundAnswer:
        """Give back as the script of the payment says."""
        return await simulator_refunds.refund(shop, repayment)

    async def refund_outcome(self, shop: Shop, repayment: Repayment) -> RefundAnswer | None:
        """What was decided about a refund, if anything."""
        return await simulator_refunds.refund_outcome(shop, repayment)

    async def refunds(self, shop: Shop, charge: Charge) -> Sequence[Repaid]:
        """Every refund that arrived, and how it stands."""
        return await simulator_refunds.refunds(shop, charge.payment_id)

    async def disputes(self, shop: Shop, charge: Charge) -> Sequence[Dispute]:
        """What the payer's bank has done, as its script says or as it was told."""
        return await simulator_disputes.disputes(shop, charge.payment_id)

    async def confirm(self, shop: Shop, payment_id: FlakeId, *, approved: bool) -> None:
        """The payer has confirmed, or refused to; the first to say so has said it for good."""
        await self._confirmed(shop, payment_id, "succeeded" if approved else "declined")

    @staticmethod
    async def _confirmed(shop: Shop, payment_id: FlakeId, decision: Decision) -> None:
        async with shop.writing() as store:
            asked = store.rows(SimulatedCharge).where(
                SimulatedCharge.c.payment_id == payment_id, SimulatedCharge.c.decision == "asked"
            )
            await store.change_all(asked, {"decision": decision, "told_at": clock.now()})

    @staticmethod
    async def _decided(shop: Shop, row: SimulatedCharge, script: Script | None = None) -> SimulatedCharge:
        """Whoever decides first has decided: the key and the decision are one row, in a transaction of the gateway's own."""
        async with shop.writing() as store:
            if await store.add_new(row, SimulatedCharge.c.payment_id):
                if row.card:
                    await simulator_cards.keep(store, row.card, script or Script())
                await simulator_disputes.follow(store, row, script)
                return row
            return await kept_of(store, row.payment_id)


async def kept_of(store: StoreContext, payment_id: FlakeId) -> SimulatedCharge:
    """What the simulator keeps of a payment that has arrived there."""
    (kept,) = await store.all(OF_PAYMENT, payment_id=payment_id)
    return kept


def _told(kept: SimulatedCharge, charge: Charge, script: Script) -> Answer:
    """What is answered at once, which may be nothing, and when the simulator tells by itself."""
    if script.wish.endswith("_unanswered"):
        raise Unanswered
    found = answer(kept, charge)
    return replace(found, notices=_notices(kept, script)) if isinstance(found, Pending) else found


def answer(kept: SimulatedCharge, charge: Charge) -> Answer:
    """What the simulator says at this moment about what it keeps."""
    if kept.decision == "asked":
        return Pending(look_again=kept.told_at, continue_url=confirmation_url(charge.page_url))
    if kept.decision == "canceled":
        return Canceled()
    if clock.now() < kept.told_at:
        return Pending(look_again=kept.told_at + PATIENCE)
    if kept.decision == "succeeded":
        vaulted = simulator_cards.vaulted(kept.card) if kept.card else None
        return Succeeded(method_type="card", method_details=card(SUCCEEDS, kept.funding), vaulted=vaulted)
    why = "" if kept.decline_code == "generic_decline" else f": {kept.decline_code.replace('_', ' ')}"
    said = f"The simulated card was declined, as asked{why}."
    error = PaymentError(decline_code=kept.decline_code, message=said)
    return Declined(error=error, method_type="card", method_details=card(LAST4_DECLINED))


def confirmation_url(page_url: str) -> str:
    """The page of the simulated bank, where the payer confirms: beside the checkout page, with the same token."""
    parts = urlsplit(page_url)
    return parts._replace(path=f"{parts.path.rstrip('/')}/bank", query=urlencode(parse_qsl(parts.query))).geturl()


def _notices(kept: SimulatedCharge, script: Script) -> tuple[datetime, ...]:
    """When the simulator tells what it decided; what the payer has to confirm is told by the page that asks."""
    if kept.decision == "asked" or script.notices == "never":
        return ()
    moment = kept.told_at + LATE if script.notices == "late" else kept.told_at
    return (moment, moment) if script.notices == "twice" else (moment,)


def _decision(charge: Charge, script: Script) -> SimulatedCharge:
    if script.wish == "authenticate":
        return _row(charge, "asked", script, AUTHENTICATION)
    return _row(charge, "succeeded" if script.succeeds else "declined", script, timedelta(seconds=script.after_seconds))


def _row(charge: Charge, decision: Decision, script: Script, later: timedelta = timedelta()) -> SimulatedCharge:
    card = simulator_cards.name(charge.payment_id) if charge.keep and decision in ("asked", "succeeded") else ""
    code = "authentication_required" if script.wish == "authenticate" else script.decline_code
    return SimulatedCharge(
        payment_id=charge.payment_id, decision=decision, decline_code=code, told_at=clock.now() + later,
        amount=charge.amount, currency=charge.currency, refund=script.refund,
        refund_after_seconds=script.refund_after_seconds, card=card, funding=script.funding,
    )  # fmt: skip


SIMULATOR: Final = Simulator()
