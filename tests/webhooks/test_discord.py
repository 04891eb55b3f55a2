"""Messages to a Discord that runs on this machine."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from sutler.billing.orders.events import OrderCompleted
from sutler.kernel import clock
from sutler.kernel.ids import new_id
from sutler.webhooks.deliveries.jobs import tell_order_completed
from tests.make.webhooks import Receiver, receiving, sale, status
from tests.webhooks.conftest import Hooks

LIMITED = b'{"message": "You are being rate limited.", "retry_after": 1200.5, "global": false}'


@pytest.fixture
async def discord() -> AsyncIterator[Receiver]:
    """Takes every message, and answers as Discord does."""
    async with receiving(status(204)) as started:
        yield started


async def joined(hooks: Hooks, discord: Receiver, **look: Any) -> Any:
    """A subscription of a Discord channel."""
    return await hooks.subscribe(channel(discord), type="discord_v1", **look)


def channel(discord: Receiver) -> str:
    """The address of a channel's webhook."""
    return discord.url.replace("/hook", "/api/webhooks/1234/abc-D_e")


class TestDiscord:
    async def test_gets_a_message_instead_of_the_payload(self, hooks: Hooks, discord: Receiver) -> None:
        template = "{customer.steam.name} bought {product_names} for {total_amount} ({nothing})."
        webhook = await joined(hooks, discord, discord_title="Sold!", discord_description_template=template)

        event_id = await hooks.tell()
        await hooks.deliver()

        (got,) = discord.received
        (embed,) = got.json["embeds"]
        assert (embed["title"], embed["description"]) == ("Sold!", "Gaben bought VIP for $9.99 ().")
        assert got.json["allowed_mentions"] == {"parse": []}
        assert got.headers["content-type"] == "application/json"
        assert not {"paynow-signature", "webhook-signature"} & set(got.headers)
        (entry,) = await hooks.history(webhook)
        assert (entry["state"], entry["payload"]["event_id"]) == ("success", event_id)

    async def test_shows_what_a_buyer_wrote_as_plain_text(self, hooks: Hooks, discord: Receiver) -> None:
        await joined(hooks, discord, discord_format="Text", discord_description_template="{customer.name} {product_names}")
        async with hooks.inside(hooks.store.id) as context:
            buyer = {"name": "<@&1> **{id}**\n[free](https://evil.example)"}
            sold = await sale(context, customer=STRANGER | buyer)
            await tell_order_completed(context, OrderCompleted(order_id=sold.order_id), new_id())

        await hooks.deliver()

        (got,) = discord.received
        assert got.json == {
            "content": r"\<@&1\> \*\*{id}\*\* \[free\]\(https:\/\/evil.example\) VIP", "allowed_mentions": {"parse": []},
        }  # fmt: skip

    @pytest.mark.parametrize("limited", [status(429, LIMITED), status(429, Retry_After="1200")], ids=["body", "header"])
    async def test_is_not_asked_again_before_it_wants_to_be(self, hooks: Hooks, limited: Any) -> None:
        async with receiving(limited) as discord:
            webhook = await joined(hooks, discord)
            await hooks.tell()
            await hooks.deliver()

        (entry,) = await hooks.history(webhook)
        wait = datetime.fromisoformat(entry["next_retry"]) - clock.now()
        assert (entry["state"], wait > timedelta(minutes=19)) == ("pending", True)

    async def test_that_does_not_know_the_channel_is_not_asked_again_until_that_is_mended(
        self, hooks: Hooks, discord: Receiver
    ) -> None:
        async with receiving(status(404, '{"message": "Unknown Webhook", "code": 10015}')) as wrong:
            webhook = await joined(hooks, wrong)
            await hooks.tell()
            await hooks.deliver()
        (failed,) = await hooks.history(webhook)
        await hooks.change(webhook, url=channel(discord), discord_description_template="{product_names}, mended")

        await hooks.resend(failed)

        assert (failed["state"], len(wrong.received)) == ("failed", 1)
        assert discord.received[0].json["embeds"][0]["description"] == "VIP, mended"


STRANGER: dict[str, Any] = {
    "steam_id": None, "minecraft_uuid": None, "minecraft_platform": None, "xbox_xuid": None, "metadata": {},
}  # fmt: skip
