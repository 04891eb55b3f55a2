"""Living through the history of a subscription with the services themselves, from one due moment to the next."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import func, select

from sutler.billing.cycles.service import RENEWAL
from sutler.billing.disputes.service import simulate
from sutler.billing.gateways.scripts import Script
from sutler.billing.gateways.simulator_cards import change as change_card
from sutler.billing.orders.models import Order
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payments.models import Payment
from sutler.billing.payments.service import pay
from sutler.billing.refund_parts.service import Wish
from sutler.billing.refunds.service import refund_order
from sutler.billing.subscription_changes.schemas import UpdateSubscriptionLineRequestDto
from sutler.billing.subscription_changes.service import finish, start
from sutler.billing.subscriptions.models import Subscription
from sutler.billing.subscriptions.service import cancel, keep_on
from sutler.catalog.products.models import Product
from sutler.catalog.products.schemas import UpsertProductRequestDto
from sutler.catalog.products.service import create as create_product
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionManagementDto
from sutler.checkout.checkouts.service import create as open_checkout
from sutler.checkout.checkouts.service import token_of
from sutler.checkout.tax_rates.schemas import CreateTaxRateDto
from sutler.checkout.tax_rates.service import create as create_rate
from sutler.delivery.commands.service import QUIET, poll
from sutler.delivery.items.service import acknowledged
from sutler.demo.oneness import LATER
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import StoreStatement, param, reader
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import Job
from sutler.promotions.coupons.schemas import CreateCouponDto
from sutler.promotions.coupons.service import create as create_coupon
from sutler.promotions.sales.schemas import CreateSaleDto
from sutler.promotions.sales.service import create as create_sale
from sutler.stores.stores.models import Store, TaxSettings
from tests.acceptance.living import SAID_NO, Steps
from tests.acceptance.terms import PRICES, Card, Deed, Terms, paid_by_link
from tests.make.checkout import add_customer, add_server

COUPON: Final = "AGAIN"
STAGES: Final = ("on_purchase", "on_renew", "on_expire", "on_refund", "on_chargeback", "on_trial_start", "on_trial_expire")
LATER_IN_THE_DAY: Final = timedelta(hours=7, minutes=13)  # deeds happen when nothing is due
BETWEEN_DEEDS: Final = timedelta(seconds=17)
WAITING: Final = (Job.c.store_id == param("store_id", type_=Job.c.store_id.type), Job.c.in_test_time, Job.c.kind != LATER)
NEXT: Final = StoreStatement(select(func.min(Job.c.run_at)).where(*WAITING))
ALL: Final = StoreStatement(select(Job.table).where(*WAITING))


class Membership:
    """One subscription as it happens to one customer of a store that sells nothing else."""

    def __init__(self, database: Database, store: StoreContext, terms: Terms) -> None:
        self.shop, self.terms, self.now = Steps(database, store), terms, terms.begins
        self.products: dict[int, Product] = {}
        self.server_id = self.customer_id = self.recipient_id = ""

    @property
    def store(self) -> StoreContext:
        """Where it happens."""
        return self.shop.store

    async def begins(self) -> None:
        """The store is furnished, and the first payment made."""
        with clock.standing_at(self.terms.begins):
            await self._furnish()
            body = {"customer_id": self.customer_id, "lines": self._lines(), "promo_codes": self._codes(),
                    "customer_details": {"billing_address": {"country": "NL"}}}  # fmt: skip
            opened = await open_checkout(self.store, msgspec.convert(body, CreateCheckoutSessionManagementDto))
            await pay(self.shop, opened.token, Script().instrument)
            await self.shop.work()
            await self.plays()

    async def _furnish(self) -> None:
        store, terms = self.store, self.terms
        seller = await store.get(Store, store.store_id)
        tax = TaxSettings(enabled=True, home_country="NL", countries=["NL"])
        agreed = {"subscription_month_length": terms.months, "dunning_days": list(terms.dunning), "tax": tax}
        await store.change(seller, agreed)
        self.server_id, self.customer_id = (await add_server(store)).id, (await add_customer(store)).id
        self.recipient_id = (await add_customer(store, name="Robin")).id if terms.gift else self.customer_id
        renewing = {price: await self._product(price) for price in PRICES}
        self.products = renewing | {terms.once: await self._product(terms.once, renews=False)}
        await self._offer([product.id for product in renewing.values()])

    async def _product(self, price: int, *, renews: bool = True) -> Product:
        terms = self.terms
        commands = [{"stage": stage, "content": stage} for stage in STAGES]
        body = {"name": f"For {price}", "description": "", "price": price, "gameservers": [self.server_id]}
        if renews:
            trial = {"enabled": terms.trial > 0, "period_value": terms.trial or 1, "period_scale": "day",
                     "revoke_immediately_when_canceled": terms.revoked_at_once}  # fmt: skip
            body |= {"allow_subscription": True, "subscription_interval_value": terms.value, "trial": trial,
                     "subscription_interval_scale": terms.scale, "commands": commands}  # fmt: skip
        return await create_product(self.store, msgspec.convert(body, UpsertProductRequestDto))

    async def _offer(self, product_ids: Sequence[FlakeId]) -> None:
        (coupon, coupon_until), (sale, sale_until) = self.terms.coupon, self.terms.sale
        if coupon:
            renewals = None if coupon_until is None else coupon_until - 1
            body = _offered(coupon, renewals, 0) | {"code": COUPON, "usable_on_subscription": True}
            body |= {"usable_on_one_time_purchase": False}
            await create_coupon(self.store, msgspec.convert(body, CreateCouponDto))
        if sale:
            dates = {"begins_at": self.now - timedelta(days=1), "ends_at": self.now + timedelta(days=1)}
            body = _offered(sale, sale_until, 1) | {"name": "Begin", "apply_to_product_ids": product_ids} | dates
            await create_sale(self.store, msgspec.convert(body, CreateSaleDto))

    def _lines(self) -> list[dict[str, object]]:
        terms = self.terms
        how: dict[str, object] = {"quantity": 1, "subscription": True, "trial": terms.trial > 0}
        how |= {"gift_to_customer_id": self.recipient_id} if terms.gift else {}
        lines = [{"product_id": self.products[price].id} | how for price in terms.prices]
        return lines + ([{"product_id": self.products[terms.once].id, "quantity": 1}] if terms.once else [])

    def _codes(self) -> list[str]:
        return [COUPON] if self.terms.coupon[0] else []

    # Time passes.

    async def passes_to(self, moment: datetime) -> None:
        """Everything that is due until then, each thing at its moment, and what follows from it."""
        while True:
            ((due,),) = await self.store.run(NEXT)
            due = None if due is None else _moment(due)
            if due is None or due > moment:
                break
            self.now = max(self.now, due)
            with clock.standing_at(self.now):
                await self.shop.work()
        self.now = moment

    async def plays(self) -> None:
        """Run what waits on the game server."""
        QUIET.disturb(self.server_id)
        taken = [attempt.id for attempt in await poll(self.shop, self.server_id, None, "")]
        async with self.shop.writing() as store:
            await acknowledged(store, self.server_id, taken, "")
        await self.shop.work()

    # Somebody does something.

    async def does(self, deed: Deed) -> None:
        """A deed, in so far as it can be done."""
        with clock.standing_at(self.now):
            with suppress(*SAID_NO):
                await self._does(deed)
            await self.shop.work()
            await self.plays()

    async def _does(self, deed: Deed) -> None:
        match deed.what:
            case "card":
                await self._changes_card(deed)
            case "pay":
                await self._pays(deed)
            case "cancel" | "undo":
                async with self.shop.writing() as store:
                    held = await store.get(Subscription, (await self.subscription()).id)
                    if deed.what == "undo":
                        await keep_on(store, held)
                    else:
                        await cancel(store, held, "store" if deed.at_once else "customer", at_period_end=not deed.at_once)
            case "tax":
                await create_rate(self.store, CreateTaxRateDto(country="NL", name="VAT", basis_points=100 * deed.percent))
            case "refund" | "dispute":
                await self._gives_back(deed)
            case "change" if len(self.terms.prices) == 1:
                await self._changes(deed)

    async def _changes_card(self, deed: Deed) -> None:
        method = await self.store.get(PaymentMethod, (await self.subscription()).payment_method_id or "")
        async with self.shop.writing() as store:
            await change_card(store, method.gateway_reference, _script(deed.card, deed.notices), deed.good_for)

    async def _pays(self, deed: Deed) -> None:
        subscription = await self.subscription()
        cycle = subscription.billing_cycle_sequence + 1
        checkout = await self.store.peek(RENEWAL, subscription_id=subscription.id, cycle=cycle)
        if checkout is not None:
            script = _script(*paid_by_link(deed))
            await pay(self.shop, token_of(checkout.id, checkout.token_sealed), script.instrument)

    async def _gives_back(self, deed: Deed) -> None:
        taken = await self.taken()
        if not taken:
            return
        payment = taken[-1 if deed.newest else 0]
        if deed.what == "refund":
            await refund_order(self.shop, payment.order_id, Wish(amount=deed.amount))
        elif payment.refunded_amount < payment.amount:
            async with self.shop.writing() as store:
                await simulate(store, payment.id, "lost" if deed.at_once else "pending")

    async def _changes(self, deed: Deed) -> None:
        asked = [UpdateSubscriptionLineRequestDto(product_id=self.products[deed.price].id, custom_variables={})]
        async with self.shop.writing() as store:
            held = await store.get(Subscription, (await self.subscription()).id)
            begun = await start(store, held, asked, deed.behavior)
        await finish(self.shop, begun)

    # What there is.

    async def subscription(self) -> Subscription:
        """The one that began."""
        (found,) = await self.store.all(self.store.rows(Subscription))
        return found

    async def taken(self) -> list[Payment]:
        """The payments that money was taken for, in the order in which that was known."""
        payments = await self.store.all(self.store.rows(Payment).where(Payment.c.completed_at.is_not(None)))
        return sorted((one for one in payments if one.amount), key=lambda one: (one.completed_at, int(one.id)))

    async def orders(self) -> list[Order]:
        """All orders that were ever paid."""
        paid = self.store.rows(Order).where(Order.c.completed_at.is_not(None))
        return sorted(await self.store.all(paid), key=lambda one: (one.completed_at, int(one.id)))

    async def jobs(self) -> list[Job]:
        """All that waits for its time."""
        return [reader(Job, self.store.connection.dialect)(row) for row in await self.store.run(ALL)]


def _offered(percent: int, cycles: int | None, once: int) -> dict[str, object]:
    """The terms of an offer that counts for so many cycles; for ever without a number."""
    terms: dict[str, object] = {"discount_type": "percent", "discount_amount": percent * 10}
    if cycles is None:
        return terms | {"duration": "forever"}
    return terms | ({"duration": "once"} if cycles == once else {"duration": "repeating", "duration_in_intervals": cycles})


def _script(card: Card, notices: str) -> Script:
    """What becomes of charges; what is decided later is decided in an hour."""
    wanted = {"wish": card, "after_seconds": 3_600 if card.endswith("_later") else 0, "notices": notices}
    return msgspec.convert(wanted, Script)


def _moment(told: datetime | str) -> datetime:
    """A moment as either database tells it."""
    return datetime.fromisoformat(told) if isinstance(told, str) else told
