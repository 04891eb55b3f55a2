"""How the things of a world are made, one of each kind: through the API, or past it where there is none."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from sutler.billing.invoices.service import issue_credit_note
from sutler.billing.refunds.events import RefundCompleted
from sutler.kernel.ids import new_id
from sutler.stores.api_keys.service import EVERYTHING
from sutler.stores.members.service import add_member
from sutler.stores.roles.service import create_role
from sutler.stores.sessions.service import create_token
from sutler.stores.users.service import create_user
from tests.conftest import ClientFactory
from tests.make.billing import kept_card
from tests.make.customers import signed_in, steam_id
from tests.make.delivery import Shop, poll
from tests.make.mail import add_mail
from tests.make.promotions import earned, made_link
from tests.make.tags import PNG, address, pictured
from tests.make.world_bodies import filled

Ids = dict[str, str]
Maker = Callable[[Shop, Ids, str], Awaitable[str]]  # from what there is so far and the name of the world to a new id
_numbers = count(1)


@dataclass(frozen=True)
class Thing:
    """How a thing is made through the management API, and where its id is in the answer."""

    path: str  # below the store
    body: dict[str, Any]
    id: Callable[[Any], str] = lambda answer: str(answer["id"])

    async def __call__(self, shop: Shop, ids: Ids, mark: str) -> str:
        """Make one, and return its id."""
        ids = {**ids, "mark": mark, "number": str(next(_numbers)), "steamId": steam_id()}
        path = filled(f"/v1/stores/{{storeId}}/{self.path}", ids)
        answer = await shop.api.post(path, json=filled(self.body, ids))
        assert answer.is_success, f"tests/make/world.py could not make {self.path}: {answer.text}"
        return self.id(answer.json())


async def member(shop: Shop, ids: Ids, mark: str) -> str:
    """Somebody who works in the store and may do nothing."""
    async with shop.inside(shop.store_id) as store:
        user = await create_user(store.connection, f"member{next(_numbers)}@{mark.lower()}.example")
        return (await add_member(store, user.id, None, ())).id


async def role(shop: Shop, ids: Ids, mark: str) -> str:
    """A role that permits nothing, so that everybody may give it."""
    async with shop.inside(shop.store_id) as store:
        return (await create_role(store, f"Nothing {next(_numbers)}", (), ())).id


async def wallet(shop: Shop, ids: Ids, mark: str) -> str:
    """The wallet of an affiliate who has earned something."""
    id = f"{mark} wallet {next(_numbers)}"
    await made_link(shop.api, shop.store_id, code=f"CODE{next(_numbers)}", wallet_id=id)
    await earned(shop.inside, shop.store_id, new_id(), 100, id)
    return id


async def image(shop: Shop, ids: Ids, mark: str) -> str:
    """A picture that was uploaded for the tag, which has another one."""
    tag = {"id": ids["tagId"], "store_id": shop.store_id}
    await pictured(shop.api, tag)
    id, upload = await address(shop.api, tag)
    assert (await shop.api.put(upload, content=PNG)).status_code == 204
    return id


async def module(shop: Shop, ids: Ids, mark: str) -> str:
    """A text box; the next one is another module, for there is one of each type."""
    path = f"/v1/webstores/{shop.store_id}/modules"
    there = {one["type"] for one in (await shop.api.get(path)).json()}
    type = next((type for type in ("text_box", "payment_goal", "top_customer") if type not in there), "recent_payments")
    made: dict[str, str] = (await shop.api.put(path, json={"type": type, "settings": {"header": mark}})).json()
    return made["id"]


async def tryable(shop: Shop, mark: str) -> str:
    """The id of one more product that can be tried."""
    body = {
        "name": f"{mark} trial {next(_numbers)}", "description": "A rank.", "price": 999, "commands": [],
        "allow_subscription": True, "trial": {"enabled": True},
    }  # fmt: skip
    return str((await shop.post("products", body))["id"])


async def trial(shop: Shop, ids: Ids, mark: str) -> str:
    """A trial that runs, of a product of its own."""
    product_id = await tryable(shop, mark)
    order = await shop.buy(ids["customerId"], product_id, subscription=True, trial=True)
    return str(order["lines"][0]["trial_id"])


async def subscription(shop: Shop, ids: Ids, mark: str) -> str:
    """A subscription that is paid for."""
    product_id = await tryable(shop, mark)
    return str((await shop.buy(ids["customerId"], product_id, subscription=True))["subscription_id"])


async def ladder(shop: Shop, ids: Ids, mark: str) -> str:
    """A tier group of which the customer subscribes to a step."""
    group_id = str((await shop.post("tier-groups", {"name": f"{mark} ladder"}))["id"])
    body = {
        "name": f"{mark} step {next(_numbers)}", "description": "A rank.", "price": 500, "commands": [],
        "allow_subscription": True, "tier_group_id": group_id,
    }  # fmt: skip
    await shop.buy(ids["customerId"], str((await shop.post("products", body))["id"]), subscription=True)
    return group_id


async def override(shop: Shop, ids: Ids, mark: str) -> str:
    """An exception for trials of a product of its own, for there is one of each."""
    body = {"product_id": await tryable(shop, mark), "expires_at": "2100-01-01T00:00:00Z", "note": mark}
    return str((await shop.post(f"customers/{ids['customerId']}/trials/eligibility/overrides", body))["id"])


async def sign_in(shop: Shop, ids: Ids, mark: str) -> dict[str, str]:
    """Credentials of a customer, of a game server, and of a user whose role in the store permits everything."""
    server = await shop.shown_server(ids["gameServerId"])
    customer = await signed_in(shop.api, shop.store_id, ids["customerId"])
    async with shop.inside(shop.store_id) as store:
        user = await create_user(store.connection, f"user{next(_numbers)}@{mark.lower()}.example")
        await add_member(store, user.id, await create_role(store, f"All {next(_numbers)}", ("*",), EVERYTHING), EVERYTHING)
        token = await create_token(store.connection, user.id)
    return {"customer": customer, "gameserver": f"Gameserver {server['token']}", "user": f"User {token}"}


async def sell(shop: Shop, ids: Ids, client: ClientFactory, plugin: str) -> Ids:
    """A purchase that was delivered, whose commands the game server has been offered, and a checkout that waits."""
    of_store = f"/v1/stores/{shop.store_id}"
    product = (await shop.api.get(f"{of_store}/products/{ids['productId']}")).json()
    card = (await shop.api.get(f"{of_store}/giftcards/{ids['giftCardId']}")).json()
    order = await shop.buy(ids["customerId"], ids["productId"])
    line = {"product_id": ids["productId"], "quantity": 1}
    waiting = await shop.post("checkouts", {"customer_id": ids["customerId"], "lines": [line]})
    paid = (await shop.api.get(f"{of_store}/payments", params={"order_id": order["id"]})).json()
    (invoice,) = (await shop.api.get(f"{of_store}/invoices", params={"order_id": order["id"]})).json()
    told = (await shop.api.get(f"{of_store}/webhooks/{ids['webhookId']}/history")).json()["history"]
    offered = await poll(client(plugin))
    refund = await shop.post(f"orders/{order['id']}/refund", {"amount": 1})
    async with shop.inside(shop.store_id) as context:  # its credit note is there now, and not when a worker comes by
        happened = RefundCompleted(refund_id=refund["id"], order_id=order["id"], order_line_ids=[])
        await issue_credit_note(context, happened, "0")
        card_on_file = await kept_card(context, paid[0]["id"])
        mail = await add_mail(context, ids["customerId"])
    await shop.post(f"simulator/payments/{paid[0]['id']}/dispute", {"state": "won"})
    disputes = (await shop.api.get(f"{of_store}/payments/{paid[0]['id']}/disputes")).json()
    return {
        "idOrSlug": product["slug"], "orderId": order["id"], "paymentId": paid[0]["id"], "token": waiting["token"],
        "attemptId": offered[0]["attempt_id"], "deliveryId": told[0]["id"], "refundId": refund["id"],
        "disputeId": disputes[0]["id"], "code": card["code"], "invoiceId": invoice["id"],
        "paymentMethodId": card_on_file.id, "mailId": mail.id,
    }  # fmt: skip
