"""Trading through the demo's month: every purchase goes the way of a real one, in the time of the store's test clock."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sutler.billing.gateways.scripts import Script
from sutler.billing.orders.service import Payer
from sutler.billing.payments.service import pay
from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.schemas import (
    AddressDto,
    CheckoutCustomerDetailsDto,
    CreateCheckoutSessionLineManagementDto,
    CreateCheckoutSessionManagementDto,
)
from sutler.checkout.checkouts.service import create
from sutler.customers.customers import service as customers
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import UpsertCustomerRequestDto
from sutler.delivery.commands.service import QUIET, poll
from sutler.delivery.items.service import acknowledged
from sutler.demo.furnishing import COLOURS
from sutler.demo.month import Visit, visits
from sutler.demo.oneness import OneTransaction
from sutler.demo.people import PEOPLE
from sutler.kernel import clock
from sutler.kernel.data.records import Actor
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.ids import FlakeId
from sutler.stores.visitors.service import Visitor

SERVER_IP: Final = "198.51.100.7"
MINUTE: Final = timedelta(minutes=1)
Tell = Callable[[int, int], None]  # how many visits are over, and of how many


class Month:
    """A shop that has opened, its customers, and the game server that takes what they buy."""

    def __init__(self, shop: OneTransaction, opened: datetime, server_id: FlakeId, products: Sequence[Product]) -> None:
        self._shop, self._opened, self._products = shop, opened, {product.name: product.id for product in products}
        self._server_id = server_id
        self._customers: dict[int, Customer] = {}

    async def pass_by(self, tell: Tell) -> None:
        """Everything that happens in the month."""
        story = visits()
        for number, visit in enumerate(story):
            await self._happens(visit)
            tell(number + 1, len(story))

    async def _happens(self, visit: Visit) -> None:
        moment = self._opened + visit.after
        await set_clock(self._shop.store, moment)
        with clock.standing_at(moment):
            await self._shop.work()  # what became due since the last visit
            token = await self._open(visit)
        if visit.ending == "abandoned":
            return
        tries = [Script(wish="decline", decline_code=visit.code)] if visit.ending.startswith("declined") else []
        tries += [Script()] if visit.ending.endswith("paid") else []
        for script in tries:
            moment += MINUTE
            with clock.standing_at(moment):
                await pay(self._shop, token, script.instrument, Payer(customer_ip=PEOPLE[visit.buyer].ip))
                await self._shop.work()
        with clock.standing_at(moment + visit.minutes * MINUTE):
            await self._play()

    async def _open(self, visit: Visit) -> str:
        """A checkout, by the one who wants to buy."""
        buyer, person = await self._customer(visit.buyer), PEOPLE[visit.buyer]
        receiver = None if visit.receiver is None else (await self._customer(visit.receiver)).id
        lines = [
            CreateCheckoutSessionLineManagementDto(
                product_id=self._products[name], quantity=quantity, gift_to_customer_id=receiver,
                custom_variables={"colour": COLOURS[visit.colour][0]} if name == "Name colour" else None,
            )
            for name, quantity in visit.basket.items()
        ]  # fmt: skip
        address = AddressDto(country=person.country)
        details = CheckoutCustomerDetailsDto(billing_name=person.name, billing_email=person.email, billing_address=address)
        new = CreateCheckoutSessionManagementDto(customer_id=buyer.id, lines=lines, customer_details=details)
        store = self._shop.acting(Actor("customer", buyer.id)).store
        return (await create(store, new, Visitor(ip=person.ip, country=person.country))).token

    async def _customer(self, number: int) -> Customer:
        """One of the people, who becomes a customer with the first visit or gift."""
        if number not in self._customers:
            person = PEOPLE[number]
            new = UpsertCustomerRequestDto(steam_id=person.steam_id, name=person.name)
            self._customers[number] = await customers.create(self._shop.store, new)
        return self._customers[number]

    async def _play(self) -> None:
        """The game server that is played takes its commands, and says that they ran."""
        server = self._shop.acting(Actor("game_server", self._server_id))
        QUIET.disturb(self._server_id)  # the signal that something was queued comes with the commit, and that is far away
        taken = await poll(server, self._server_id, None, SERVER_IP)
        await acknowledged(server.store, self._server_id, [attempt.id for attempt in taken], SERVER_IP)
        await self._shop.work()
