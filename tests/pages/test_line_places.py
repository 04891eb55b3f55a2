"""The lines on the checkout page: for whom they are and where they go."""

from typing import Any

import httpx2
import pytest

from sutler.checkout.checkouts.models import CheckoutLine
from sutler.customers.customers.models import Customer
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.pages.conftest import Sell
from tests.pages.test_checkout import pay, shown

UUID = "069a79f4-44e9-4726-a5be-fca90e38aaf5"


class TestLines:
    async def test_say_whom_they_are_for_and_where_they_go(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore, api: ContractClient
    ) -> None:
        token, home = await sell(), f"/v1/stores/{store.id}"
        bob = (await api.post(f"{home}/customers", json={"name": "Bob"})).json()["id"]
        arena = (await api.post(f"{home}/gameservers", json={"name": "Arena"})).json()["id"]
        async with inside(store.id) as context:
            (line,) = await context.all(context.rows(CheckoutLine))
            await context.change(line, {"gift_to_customer_id": bob, "selected_gameserver_id": arena})

        before = await shown(visitor, token)
        await pay(visitor, token)

        assert all("Gift for Bob · on Arena" in text for text in (before, await shown(visitor, token)))

    @pytest.mark.parametrize(
        ("account", "said"),
        [
            ({}, "For Alex<"),
            ({"steam_id": "76561198000000001"}, "For Alex (Steam)"),
            ({"steam_id": "76561198000000001", "name": None}, "For 76561198000000001 (Steam)"),
            ({"minecraft_name": "Alex_99", "minecraft_uuid": UUID, "minecraft_platform": "java"}, "For Alex_99 (Minecraft)"),
            ({"minecraft_name": ".Alex", "minecraft_uuid": UUID, "minecraft_platform": "bedrock"}, "For .Alex (Minecraft)"),
            ({"xbox_xuid": "2535400000000001"}, "For Alex (Xbox)"),
            ({"name": None}, None),
        ],
    )
    async def test_say_which_account_gets_what_is_no_gift(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore, account: dict[str, Any],
        said: str | None,
    ) -> None:  # fmt: skip
        token = await sell()
        async with inside(store.id) as context:
            (buyer,) = await context.all(context.rows(Customer))
            await context.change(buyer, account)

        text = await shown(visitor, token)

        assert "For " not in text if said is None else said in text
