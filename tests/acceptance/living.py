"""Living through histories with the services themselves: steps in savepoints of one transaction, in the store's own time."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Final

import msgspec

from sutler.billing.disputes.service import simulate
from sutler.billing.gateways.scripts import Script
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.payments.service import pay
from sutler.billing.refund_parts.service import Wish
from sutler.billing.refunds.service import refund_order
from sutler.billing.simulator.service import give_back
from sutler.catalog.products.models import Product
from sutler.catalog.products.schemas import UpsertProductRequestDto
from sutler.catalog.products.service import create as create_product
from sutler.checkout.checkouts.models import CheckoutExpired
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionManagementDto
from sutler.checkout.checkouts.service import create as open_checkout
from sutler.checkout.tax_rates.schemas import CreateTaxRateDto
from sutler.checkout.tax_rates.service import create as create_rate
from sutler.delivery.commands.service import QUIET, poll
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.service import acknowledged
from sutler.delivery.revocations.service import revoke
from sutler.demo.oneness import OneTransaction
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.errors import Conflict, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.promotions.affiliate_links.schemas import CreateAffiliateLinkDto
from sutler.promotions.affiliate_links.service import create as create_link
from sutler.promotions.coupons.schemas import CreateCouponDto
from sutler.promotions.coupons.service import create as create_coupon
from sutler.promotions.gift_card_codes.service import opened
from sutler.promotions.gift_cards.schemas import CreateGiftCardDto
from sutler.promotions.gift_cards.service import cancel as cancel_card
from sutler.promotions.gift_cards.service import create as create_card
from sutler.stores.stores.models import Store, TaxSettings
from tests.acceptance.histories import History, Step, as_time
from tests.make.checkout import add_customer, add_server

NOON: Final = datetime.fromisoformat("2030-01-01T12:00:00+00:00")
SAID_NO: Final = (Conflict, NotFound, InvalidInput, CheckoutExpired)
COMMANDS: Final = (  # of each product on the shelf: for ever, for a week, and used at once
    ("on_purchase", "on_refund", "on_chargeback", "on_expire"), ("on_purchase", "on_expire"), ("on_purchase", "on_purchase"),
)  # fmt: skip
PRICES: Final = (1_999, 700, 0)
COUPONS: Final = {"TENTH": 100, "ALL": 1_000}  # in tenths of a percent
AFFILIATE: Final = "EVE"
COMMISSION: Final = 100  # tenths of a percent
FOR_A_WEEK: Final = {"remove_after_enabled": True, "remove_after_time_value": 1, "remove_after_time_scale": "week"}


class Steps(OneTransaction):
    """Each step can be undone by itself, as its own transaction would be."""

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[StoreContext]:
        """A step."""
        connection = self.store.connection
        await connection.fetch("SAVEPOINT step", ())
        try:
            yield self.store
        except BaseException:
            await connection.fetch("ROLLBACK TO SAVEPOINT step", ())
            raise
        finally:
            await connection.fetch("RELEASE SAVEPOINT step", ())


class Place(msgspec.Struct):
    """A store with three products and the game server that they go to; it taxes, and buyers may use all codes at once."""

    shop: Steps
    server_id: FlakeId
    products: list[Product]

    @classmethod
    async def made(cls, database: Database, store: StoreContext) -> "Place":
        """In a store that is there."""
        with clock.standing_at(NOON - timedelta(days=1)):
            server, products = await add_server(store), []
            for number, (stages, price) in enumerate(zip(COMMANDS, PRICES, strict=True)):
                commands = [{"stage": stage, "content": f"{stage} {place}"} for place, stage in enumerate(stages)]
                more = FOR_A_WEEK if number == 1 else {}
                body = {"name": f"Product {number}", "description": "", "price": price, "commands": commands,
                        "gameservers": [server.id]} | more  # fmt: skip
                products.append(await create_product(store, msgspec.convert(body, UpsertProductRequestDto)))
            await _furnish(store)
        return cls(Steps(database, store), server.id, products)


async def _furnish(store: StoreContext) -> None:
    """Tax, coupons that each customer may use once, and an affiliate."""
    seller = await store.get(Store, store.store_id)
    tax = TaxSettings(enabled=True, home_country="NL", countries=["NL"], tax_gift_cards=True)
    await store.change(seller, {"promo_code_stacking_behavior": "enabled", "tax": tax})
    await create_rate(store, CreateTaxRateDto(country="NL", name="VAT", basis_points=2100))
    for code, tenths in COUPONS.items():
        once = {"redeem_limit_customer_enabled": True, "redeem_limit_customer_amount": 1}
        body = {"code": code, "discount_type": "percent", "discount_amount": tenths} | once
        await create_coupon(store, msgspec.convert(body, CreateCouponDto))
    await create_link(
        store,
        CreateAffiliateLinkDto(
            code=AFFILIATE, wallet_id=AFFILIATE, discount_type="percentage", discount_amount=50,
            commission_type="percentage", commission_amount=COMMISSION,
        ),
    )  # fmt: skip


class Life:
    """One history as it happens to one customer."""

    def __init__(self, place: Place, history: History) -> None:
        self.place, self.history, self.now = place, history, NOON
        self.customer_id = self.checkout_id = self.token = self.card_id = ""
        self.runs, self.lost = Counter[FlakeId](), set[FlakeId]()

    @property
    def store(self) -> StoreContext:
        """Where it happens."""
        return self.place.shop.store

    async def passes(self) -> None:
        """From the checkout until nothing happens any more."""
        with clock.standing_at(self.now):
            await self._opens()
        for step in self.history.steps:
            await self._goes_on(step)
        for seconds in (120, 86_400, 8 * 86_400, 86_400):
            await self._goes_on(Step("wait", seconds=seconds))
            await self._goes_on(Step("play"))

    async def _opens(self) -> None:
        self.customer_id = (await add_customer(self.store)).id
        wanted = zip(self.place.products, self.history.basket, strict=True)
        lines = [{"product_id": product.id, "quantity": quantity} for product, quantity in wanted if quantity]
        body = {"customer_id": self.customer_id, "lines": lines, "promo_codes": await self._codes()}
        body |= {"affiliate_code": AFFILIATE} if self.history.affiliate else {}
        found = await open_checkout(self.store, msgspec.convert(body, CreateCheckoutSessionManagementDto))
        self.checkout_id, self.token = found.id, found.token

    async def _codes(self) -> list[str]:
        """What the buyer enters. A coupon for an order that costs nothing anyway would be refused."""
        costs = any(quantity and price for quantity, price in zip(self.history.basket, PRICES, strict=True))
        codes = [self.history.coupon] if self.history.coupon and costs else []
        if self.history.card:
            card = await create_card(self.store, CreateGiftCardDto(balance=self.history.card))
            self.card_id = card.id
            codes.append(opened(card.id, card.code_sealed))
        return codes

    async def _goes_on(self, step: Step) -> None:
        self.now += as_time(step)
        with clock.standing_at(self.now):
            await self.place.shop.work()
            with suppress(*SAID_NO):
                await self._does(step)
            await self.place.shop.work()

    async def _does(self, step: Step) -> None:
        shop = self.place.shop
        match step.what:
            case "pay" | "pay badly":
                script = self.history.script if step.what == "pay" else Script(wish="decline")
                await pay(shop, self.token, script.instrument)
            case "play" | "lose":
                await self._plays(loses=step.what == "lose")
            case "refund":
                await self._refunds(step)
            case "refund elsewhere" | "dispute":
                await self._bank_acts(step)
            case "revoke":
                items = await self.items()
                if items:
                    async with shop.writing() as store:
                        await revoke(store, items[step.item % len(items)].id, None)

            case "cancel card":
                if self.card_id:
                    async with shop.writing() as store:
                        await cancel_card(store, self.card_id)

    async def _bank_acts(self, step: Step) -> None:
        for payment in await self.payments():
            async with self.place.shop.writing() as store:
                if step.what == "dispute":
                    await simulate(store, payment.id, step.state)
                else:
                    await give_back(store, payment.id, step.amount)

    async def _plays(self, *, loses: bool) -> None:
        QUIET.disturb(self.place.server_id)
        taken = [attempt.id for attempt in await poll(self.place.shop, self.place.server_id, None, "")]
        self.runs.update(taken)
        if loses:
            self.lost.update(taken)
            return
        async with self.place.shop.writing() as store:
            await acknowledged(store, self.place.server_id, taken, "")

    async def _refunds(self, step: Step) -> None:
        for order in await self.orders():
            lines = await self.lines(order)
            line = lines[step.line % len(lines)].id if step.line is not None else None
            await refund_order(self.place.shop, order.id, Wish(order_line_id=line, amount=step.amount))

    async def orders(self) -> list[Order]:
        """The order, if there is one."""
        return await self.store.all(self.store.rows(Order).where(Order.c.checkout_id == self.checkout_id))

    async def lines(self, order: Order) -> list[OrderLine]:
        """What was ordered."""
        return await self.store.all(self.store.rows(OrderLine).where(OrderLine.c.order_id == order.id))

    async def payments(self) -> list[Payment]:
        """Every attempt to pay."""
        return await self.store.all(self.store.rows(Payment).where(Payment.c.customer_id == self.customer_id))

    async def items(self) -> list[DeliveryItem]:
        """What came of it."""
        return await self.store.all(self.store.rows(DeliveryItem).where(DeliveryItem.c.customer_id == self.customer_id))
