"""Changing a webhook subscription over HTTP, and what templates can name."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from sutler.app import published
from sutler.webhooks.endpoints.models import EVENTS_BY_NAME
from sutler.webhooks.payloads.events import EVENTS
from tests.conftest import ClientFactory, SeededStore
from tests.contract.client import ContractClient
from tests.contract.reference import WEBHOOKS, document
from tests.make.webhooks import DISCORD, URL, subscribed


class TestUpdate:
    async def test_changes_what_is_given_and_nothing_else(self, api: ContractClient, path: str) -> None:
        created = await subscribed(api, path, url=DISCORD, type="discord_v1", discord_title="Sold!", discord_color="00ff00")
        changes = {"subscribed_to": "ON_PAYMENT_FAILED", "reset_secret": False, "discord_title": None}

        answer = await api.patch(f"{path}/{created['id']}", json=changes)

        expected = created | {"subscribed_to": "OnPaymentFailed", "discord_title": None}
        assert answer.json() == expected
        assert (await api.get(path)).json() == [expected]

    async def test_sets_every_member_of_the_contract(self, api: ContractClient, path: str) -> None:
        created = await subscribed(api, path)
        whole = {
            "url": DISCORD, "subscribed_to": "OnRefund", "discord_description_template": "{id}", "discord_title": "A",
            "discord_color": "#000000", "discord_format": "Embed", "enabled": False,
        }  # fmt: skip

        answer = await api.patch(f"{path}/{created['id']}", json=whole | {"reset_secret": True})
        back = await api.patch(f"{path}/{created['id']}", json={"discord_format": "Invalid", "discord_color": ""})

        assert answer.json() | whole == answer.json()
        assert answer.json()["secret"] not in (created["secret"], None)
        assert "discord_format" not in back.json()
        assert back.json()["discord_color"] is None

    @pytest.mark.parametrize(
        ("member", "value"),
        [
            ("url", "https://169.254.169.254/"), ("url", URL), ("subscribed_to", "OnIgnore"), ("subscribed_to", "OnNothing"),
            ("url", None), ("reset_secret", None), ("discord_color", "x"),
        ],
    )  # fmt: skip
    async def test_changes_nothing_when_something_is_wrong(
        self, api: ContractClient, path: str, member: str, value: Any
    ) -> None:
        created = await subscribed(api, path, url=DISCORD, type="discord_v1")

        changes = {"discord_title": "Changed", "reset_secret": True, member: value}
        answer = await api.patch(f"{path}/{created['id']}", json=changes)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [member])
        assert (await api.get(path)).json() == [created]

    async def test_finds_nothing_of_another_store(
        self, api: ContractClient, path: str, client: ClientFactory, other: SeededStore
    ) -> None:
        created, neighbour = await subscribed(api, path), client(f"APIKey {other.api_key}")

        answer = await neighbour.patch(f"/v1/stores/{other.id}/webhooks/{created['id']}", json={"reset_secret": True})

        assert answer.status_code == 404
        assert (await api.get(path)).json() == [created]

    async def test_needs_its_permission(
        self, api: ContractClient, limited: Callable[..., Awaitable[ContractClient]], store: SeededStore, path: str
    ) -> None:
        created = await subscribed(api, path)
        creator = await limited(store, "webhook_read", "webhook_create", "webhook_delete")

        assert (await creator.patch(f"{path}/{created['id']}", json={})).status_code == 403
        assert (await creator.post(f"{path}/resend", json={"webhook_id": created["id"]})).status_code == 403


def discord_variables(event: str) -> Iterator[str]:
    """What the contract marks as a variable of Discord templates in an event's body: texts, numbers and the like."""
    raw = document(WEBHOOKS).raw
    post = raw["webhooks"][event]["post"]
    body = post["requestBody"]["content"]["application/json"]["schema"]["properties"]["body"]

    def names(schema: Any) -> Iterator[str]:
        for name, found in schema.get("properties", {}).items():
            arms = [arm for arm in found.get("oneOf", [found]) if "$ref" in arm]
            if arms:
                part = raw["components"]["schemas"][arms[0]["$ref"].rpartition("/")[2]]
                yield from (f"{name}.{inner}" for inner in names(part))
            elif "x-discordVariable" in found and found["type"] not in ("array", "object"):
                yield name

    reference = body.get("$ref", "").rpartition("/")[2]
    return names(raw["components"]["schemas"][reference] if reference else body)


class TestGetVariables:
    async def test_names_what_the_contract_marks_for_every_event_that_is_sent(self, api: ContractClient, path: str) -> None:
        found = {one["event_type"]: one["variables"] for one in (await api.get(f"{path}/variables")).json()}

        assert set(found) == {EVENTS_BY_NAME[name] for name in EVENTS}
        for name in EVENTS:
            assert set(discord_variables(name)) <= set(found[EVENTS_BY_NAME[name]])
        assert {"customer.profile.name", "product_names", "total_amount", "checkout.id"} <= set(found["OnOrderCompleted"])
        assert {"customer.steam.id", "product.label", "execute_on_gameserver.name"} <= set(found["OnDeliveryItemAdded"])

    def test_are_marked_in_the_document_of_the_payloads(self) -> None:
        schemas = published("webhook-definitions")["components"]["schemas"]

        assert schemas["CustomerDTO"]["properties"]["name"]["x-discordVariable"] == "name"
        assert schemas["DeliveryItemDTO"]["properties"]["expires_at"]["x-discordVariable"] == "expires_at"
        assert "x-discordVariable" not in schemas["CustomerDTO"]["properties"]["steam"]
