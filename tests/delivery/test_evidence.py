"""What is gathered for a bank that wants to know who bought what, and got it."""

from datetime import timedelta
from typing import Any

import pytest

from sutler.delivery.evidence import queries
from sutler.delivery.evidence.service import gather
from sutler.delivery.player_joins.models import PlayerJoin
from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory
from tests.delivery.conftest import Plugin
from tests.make.delivery import NOON, STEAM_ID, UUID, Shop, acknowledge, poll
from tests.make.stores import counted


async def evidence(shop: Shop, order: dict[str, Any]) -> dict[str, Any]:
    """The evidence about the only payment of an order."""
    path = f"/v1/stores/{shop.store_id}/payments"
    (payment,) = (await shop.api.get(path, params={"order_id": order["id"]})).json()
    answer = await shop.api.get(f"{path}/{payment['id']}/evidence")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


class TestEvidence:
    async def test_tells_the_whole_story(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("give {customer.name} diamond", servers=[server["id"]])
        order = await shop.buy(alice["id"], product["id"], quantity=2)
        await acknowledge(plugin(server), (await poll(plugin(server)))[:1])
        await joined(shop, server["id"])

        found = await evidence(shop, order)

        assert (found["receipt"]["pretty_id"], found["receipt"]["total"]) == (order["pretty_id"], "$19.98")
        assert (found["payment"]["paid"], found["payment"]["refunded"]) == ("$19.98", "$0.00")
        assert [(line["product"], line["quantity"]) for line in found["receipt"]["lines"]] == [("VIP", 2)]
        assert (found["payment"]["gateway"], found["payment"]["method_details"]["card"]["last4"]) == ("simulator", "4242")
        assert [(one["steam_id"], one["is_buyer"]) for one in found["people"]] == [(STEAM_ID, True)]
        given = [command for item in found["deliveries"] for command in item["commands"]]
        assert [(one["command"], one["gameserver"]) for one in given] == [("give Alice diamond", "Survival")] * 2
        assert [[step["step"] for step in one["log"]] for one in given] == [["offered", "acknowledged"], ["offered"]]
        assert [one["ip"] for one in found["joins"]] == ["192.0.2.1", "192.0.2.2"]
        assert found["complete"] is True
        assert "token" not in str(found)

    async def test_costs_as_many_statements_for_many_items_as_for_one(self, shop: Shop, database: Database) -> None:
        counts = []
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("give", servers=[server["id"]])
        for quantity in (2, 30):
            order = await shop.buy(alice["id"], product["id"], quantity=quantity)
            payment_id = (await evidence(shop, order))["payment"]["id"]
            async with shop.inside(shop.store_id) as context:
                with counted(database) as seen:
                    await gather(context, payment_id)
            counts.append(len(seen))

        assert counts[0] == counts[1]

    async def test_says_when_there_is_more_than_fits(self, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(queries, "MOST", 3)
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("give", servers=[server["id"]])
        order = await shop.buy(alice["id"], product["id"], quantity=5)

        found = await evidence(shop, order)

        assert (len(found["deliveries"]), found["complete"]) == (3, False)


async def joined(shop: Shop, server_id: str) -> None:
    """Alice joined before she was a customer and after, and once too long ago; somebody else joined, too."""
    async with shop.inside(shop.store_id) as context:
        for player, days, ip in (
            (STEAM_ID, -1, "192.0.2.1"), (STEAM_ID, 3, "192.0.2.2"), (STEAM_ID, -200, "192.0.2.3"), (UUID, 1, "192.0.2.4"),
        ):  # fmt: skip
            steam, uuid = (player, None) if player == STEAM_ID else (None, player)
            await context.add(
                PlayerJoin(
                    gameserver_id=server_id, player=player, customer_id=None, steam_id=steam, minecraft_uuid=uuid,
                    minecraft_name=None, ip=ip, joined_at=NOON + timedelta(days=days),
                )
            )  # fmt: skip


class TestDownloadEvidence:
    async def test_leads_to_a_pdf_in_the_stores_time_that_needs_no_credentials(
        self, shop: Shop, plugin: Plugin, client: ClientFactory
    ) -> None:
        await shop.is_at(NOON)
        server, alice = await shop.server(), await shop.customer(steam_id=STEAM_ID, name="#panic() *Alice* $")
        product = await shop.product("give {customer.name} #include", servers=[server["id"]])
        order = await shop.buy(alice["id"], product["id"])
        await acknowledge(plugin(server), await poll(plugin(server)))
        await joined(shop, server["id"])
        await shop.api.post(f"/v1/stores/{shop.store_id}/orders/{order['id']}/refund", json={"amount": 99})
        found = (await evidence(shop, order))["payment"]
        opened = f"/v1/stores/{shop.store_id}/simulator/payments/{found['id']}/dispute"
        assert (await shop.api.post(opened, json={"state": "lost"})).status_code == 200
        await shop.worker.drain()

        link = await shop.api.get(f"/v1/stores/{shop.store_id}/payments/{found['id']}/evidence/download")
        pdf = await client().get(link.json()["download_url"].removeprefix("http://test"))
        unknown = await shop.api.get(f"/v1/stores/{shop.store_id}/payments/1/evidence/download")

        assert (pdf.status_code, pdf.content[:5], pdf.headers["content-type"]) == (200, b"%PDF-", "application/pdf")
        assert pdf.headers["content-disposition"] == f'attachment; filename="evidence-{found["pretty_id"]}.pdf"'
        assert b"D:20300101120000Z" in pdf.content  # when it was gathered
        assert unknown.status_code == 404
