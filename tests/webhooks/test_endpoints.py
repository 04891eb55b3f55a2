"""Webhook subscriptions over HTTP."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from sutler import settings
from sutler.webhooks.endpoints.models import MOST_PER_STORE, WebhookEndpoint
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.webhooks import DISCORD, URL, new_webhook, subscribed


async def refused(api: ContractClient, path: str, body: Any) -> Any:
    """What a body is refused with: the places and messages of its problems."""
    answer = await api.post(path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput"), answer.text
    return {error["path"]: error["message"] for error in answer.json()["errors"]}


class TestCreate:
    async def test_answers_the_subscription_with_its_secret(self, api: ContractClient, path: str) -> None:
        created = await subscribed(api, path)

        assert created["secret"].startswith("pn-")
        assert len(created["secret"]) == 35
        expected = {"url": URL, "subscribed_to": "OnOrderCompleted", "type": "json_v1", "discord_title": None}
        assert created | expected == created
        assert (await api.get(path)).json() == [created]

    async def test_keeps_no_secret_in_the_clear(
        self, api: ContractClient, path: str, inside: Inside, store: SeededStore
    ) -> None:
        created = await subscribed(api, path)

        async with inside(store.id) as context:
            (row,) = await context.all(context.rows(WebhookEndpoint))
        assert created["secret"].encode() not in row.secret_sealed

    async def test_takes_the_name_of_an_event_as_payloads_write_it(self, api: ContractClient, path: str) -> None:
        assert (await subscribed(api, path, subscribed_to="ON_PAYMENT_FAILED"))["subscribed_to"] == "OnPaymentFailed"
        linked = await subscribed(api, path, subscribed_to="ON_DISCORD_ACCOUNT_LINKED_TO_CHECKOUT")
        assert linked["subscribed_to"] == "OnDiscordOrderActionsQueued"

    async def test_makes_one_subscription_for_each_of_several_events(self, api: ContractClient, path: str) -> None:
        body = {"url": URL, "events": ["ON_ORDER_COMPLETED", "OnRefund", "OnOrderCompleted"], "secret": "chosen-by-me"}

        first = await api.post(path, json=body)

        kept = (await api.get(path)).json()
        assert first.json() == kept[0]
        assert [one["subscribed_to"] for one in kept] == ["OnOrderCompleted", "OnRefund"]
        assert {one["secret"] for one in kept} == {"chosen-by-me"}

    async def test_lets_several_events_share_the_secret_that_is_made_up(self, api: ContractClient, path: str) -> None:
        await api.post(path, json={"url": URL, "events": ["OnOrderCompleted", "OnPaymentFailed"]})

        secrets = {one["secret"] for one in (await api.get(path)).json()}
        assert len(secrets) == 1

    async def test_gives_every_request_a_secret_of_its_own(self, api: ContractClient, path: str) -> None:
        assert (await subscribed(api, path))["secret"] != (await subscribed(api, path))["secret"]

    @pytest.mark.parametrize("event", ["OnSomething", "", "onordercompleted"])
    async def test_refuses_an_event_that_does_not_exist(self, api: ContractClient, path: str, event: str) -> None:
        assert "no event" in (await refused(api, path, new_webhook(URL, event)))["subscribed_to"]

    @pytest.mark.parametrize("event", ["OnIgnore", "OnConnectedUserRegistered", "ON_PURCHASE_FOLLOW_UP_ATTEMPT_SUCCEEDED"])
    async def test_refuses_an_event_that_is_never_sent(self, api: ContractClient, path: str, event: str) -> None:
        assert "never sent" in (await refused(api, path, new_webhook(URL, event)))["subscribed_to"]

    async def test_says_which_of_several_events_is_wrong(self, api: ContractClient, path: str) -> None:
        problems = await refused(api, path, {"url": URL, "events": ["OnRefund", "OnNothing"]})

        assert "OnNothing" in problems["events"]

    async def test_refuses_a_subscription_to_nothing(self, api: ContractClient, path: str) -> None:
        assert "subscribed_to" in await refused(api, path, {"url": URL, "type": "json_v1"})
        assert "subscribed_to" in await refused(api, path, {"url": URL, "events": []})

    @pytest.mark.parametrize(
        "url",
        ["", "ftp://example.com/", "example.com", "https://user:pw@example.com/", "https://169.254.169.254/", "http://[::"],
    )
    async def test_refuses_an_address_that_may_not_be_called(self, api: ContractClient, path: str, url: str) -> None:
        assert set(await refused(api, path, new_webhook(url))) == {"url"}

    async def test_refuses_a_private_address_unless_the_installation_allows_it(self, api: ContractClient, path: str) -> None:
        assert (await api.post(path, json=new_webhook("http://127.0.0.1:9/"))).status_code == 200
        settings.install(replace(settings.settings(), webhooks_allow_private=False))

        assert "loopback" in (await refused(api, path, new_webhook("http://127.0.0.1:9/")))["url"]

    async def test_keeps_what_a_discord_message_is_made_of(self, api: ContractClient, path: str) -> None:
        look = {
            "discord_format": "Text", "discord_title": "Sold!", "discord_color": "#FF0000",
            "discord_description_template": "{customer.name}",
        }  # fmt: skip

        created = await subscribed(api, path, type="discord_v1", url=DISCORD, **look)

        assert created | look | {"type": "discord_v1"} == created

    @pytest.mark.parametrize("url", [URL, "https://discord.com/channels/1/2", "https://discord.com/api/webhooks/1"])
    async def test_refuses_an_address_that_is_no_discord_webhook(self, api: ContractClient, path: str, url: str) -> None:
        assert "Discord webhook" in (await refused(api, path, new_webhook(url, type="discord_v1")))["url"]

    @pytest.mark.parametrize(
        ("member", "value"),
        [
            ("discord_color", "red"), ("discord_color", "#12345"), ("discord_color", "123456\n"),
            ("discord_format", "embed"), ("discord_title", "x" * 1001),
            ("discord_description_template", "x" * 6001), ("enabled", None),
        ],
    )  # fmt: skip
    async def test_refuses_what_makes_no_message(self, api: ContractClient, path: str, member: str, value: Any) -> None:
        assert member in await refused(api, path, new_webhook(DISCORD, type="discord_v1", **{member: value}))

    async def test_accepts_discord_members_that_say_nothing(self, api: ContractClient, path: str) -> None:
        await subscribed(api, path, discord_title=None, discord_format="Invalid", discord_description_template=None)

    @pytest.mark.parametrize("secret", ["short", "x" * 201])
    async def test_refuses_a_secret_of_the_wrong_length(self, api: ContractClient, path: str, secret: str) -> None:
        assert "secret" in await refused(api, path, new_webhook(URL, secret=secret))

    async def test_lets_a_store_have_a_hundred_and_no_more_even_at_once(self, api: ContractClient, path: str) -> None:
        events = ["OnOrderCompleted", "OnRefund", "OnPaymentFailed", "OnChargeback", "OnTrialActivated"]
        bodies = [{"url": URL, "events": events} for _ in range(MOST_PER_STORE // len(events) + 4)]

        answers = await asyncio.gather(*(api.post(path, json=body) for body in bodies))

        assert sorted(answer.status_code for answer in answers) == [200] * 20 + [409] * 4
        assert len((await api.get(path)).json()) == MOST_PER_STORE
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"TooManyWebhooks"}

    async def test_counts_each_store_for_itself(
        self, api: ContractClient, path: str, client: ClientFactory, other: SeededStore
    ) -> None:
        everything = ["OnOrderCompleted", "OnRefund"]
        for _ in range(MOST_PER_STORE // 2):
            await api.post(path, json={"url": URL, "events": everything})

        neighbour = client(f"APIKey {other.api_key}")
        assert (await neighbour.post(f"/v1/stores/{other.id}/webhooks", json=new_webhook(URL))).status_code == 200

    async def test_needs_its_permission(
        self, limited: Callable[..., Awaitable[ContractClient]], store: SeededStore, path: str
    ) -> None:
        reader = await limited(store, "webhook_read", "webhook_delete")

        assert (await reader.post(path, json=new_webhook(URL))).status_code == 403


class TestList:
    async def test_shows_nothing_of_another_store(
        self, api: ContractClient, path: str, client: ClientFactory, other: SeededStore
    ) -> None:
        await subscribed(api, path)

        neighbour = client(f"APIKey {other.api_key}")
        assert (await neighbour.get(f"/v1/stores/{other.id}/webhooks")).json() == []
        assert (await neighbour.get(path)).status_code == 403

    async def test_needs_its_permission(
        self, limited: Callable[..., Awaitable[ContractClient]], store: SeededStore, path: str
    ) -> None:
        assert (await (await limited(store, "webhook_create")).get(path)).status_code == 403
        assert (await (await limited(store, "webhook_read")).get(path)).status_code == 200

    async def test_needs_a_key(self, client: ClientFactory, path: str) -> None:
        assert (await client().get(path)).status_code == 401


class TestDelete:
    async def test_ends_the_subscription_once(self, api: ContractClient, path: str) -> None:
        created = await subscribed(api, path)

        first = await api.delete(f"{path}/{created['id']}")
        second = await api.delete(f"{path}/{created['id']}")

        assert (first.status_code, second.status_code) == (204, 404)
        assert (await api.get(path)).json() == []

    async def test_finds_nothing_of_another_store(
        self, api: ContractClient, path: str, client: ClientFactory, other: SeededStore
    ) -> None:
        created = await subscribed(api, path)
        neighbour = client(f"APIKey {other.api_key}")

        assert (await neighbour.delete(f"/v1/stores/{other.id}/webhooks/{created['id']}")).status_code == 404
        assert len((await api.get(path)).json()) == 1

    async def test_needs_its_permission(
        self, api: ContractClient, limited: Callable[..., Awaitable[ContractClient]], store: SeededStore, path: str
    ) -> None:
        created = await subscribed(api, path)
        creator = await limited(store, "webhook_read", "webhook_create")

        assert (await creator.delete(f"{path}/{created['id']}")).status_code == 403
