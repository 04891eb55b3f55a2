"""Messages for Discord: templates, what buyers wrote in them, and Discord's limits."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.webhooks.discord import service
from sutler.webhooks.discord.schemas import retry_after
from sutler.webhooks.discord.service import cut, escaped, filled
from sutler.webhooks.endpoints.models import WebhookEndpoint

BODY: dict[str, Any] = {
    "currency": "usd",
    "id": "42",
    "type": "one_time",
    "total_amount": 1999,
    "quantity": 3,
    "product_names": "**VIP**",
    "subscription_id": None,
    "lines": [{"id": "1"}],
    "completed_at": "2026-03-01T12:00:00Z",
    "customer": {"name": "_Al*ex_ {id}", "profile": {"name": "Alex", "avatar_url": "https://x.example/a_(1).png?b=c"}},
    "checkout": {"metadata": {"Seat-No": "[7](http://evil.example)"}},
    "product": {"enabled": True, "price": 0, "description": "# Big"},
}
marks = st.text(alphabet=r"\*~`|[]()<>/_#-+@: aé0{}." + "\n", max_size=30)


def message(template: str | None = None, **changes: Any) -> Any:
    """The message to Discord for an order."""
    look: dict[str, Any] = {"discord_description_template": template, **changes}
    endpoint = WebhookEndpoint(
        id="1", url="", subscribed_to="OnOrderCompleted", type="discord_v1", secret_sealed=b"", **look
    )
    payload = {"event_type": "ON_ORDER_COMPLETED", "event_id": "1", "body": BODY}
    return json.loads(service.message(endpoint, json.dumps(payload).encode(), "eur"))


class TestFilled:
    @pytest.mark.parametrize(
        ("template", "expected"),
        [
            ("Order {id}, {customer.profile.name}.", "Order 42, Alex."),
            ("{ id }{nothing}{customer.nothing}{id.more}{subscription_id}", "42"),
            ("{customer}{lines}{checkout.metadata}{lines.0}", ""),
            ("{{id}} {} {id {Id} {a b}", "{42} {} {id  {a b}"),
            ("{product.enabled} {product.price} {total_amount} {quantity}", "true $0.00 $19.99 3"),
            ("{completed_at} {type}", "2026-03-01T12:00:00Z one_time"),
            ("{product_names} {product.description}", "**VIP** # Big"),
            ("{customer.name}", r"\_Al\*ex\_ {id}"),
            ("{checkout.metadata.Seat-No}", r"\[7\]\(http:\/\/evil.example\)"),
            ("{customer.profile.avatar_url}", "https://x.example/a_%281%29.png?b=c"),
        ],
    )
    def test_puts_values_for_names_and_nothing_for_names_that_are_not_there(self, template: str, expected: str) -> None:
        assert filled(template, BODY) == expected

    @given(marks, marks)
    def test_looks_at_nothing_twice_and_keeps_what_is_no_name(self, before: str, name: str) -> None:
        text = before.replace("{", "(")

        assert filled(text, BODY) == text
        assert filled("<{customer.name}>", {"customer": {"name": name}}) == f"<{escaped(name)}>"


class TestEscaped:
    @given(marks)
    def test_leaves_nothing_that_discord_would_read_as_markup(self, text: str) -> None:
        found = escaped(text)

        assert not set(re.sub(r"\\[^0-9A-Za-z\s]", "", found)) & set("\\*~`|[]()<>\n")
        assert "//" not in found
        assert found[:1] not in ("#", "-", "+")

    @given(st.text(max_size=30))
    def test_shows_the_text_itself(self, text: str) -> None:
        shown, characters = "", iter(escaped(text))
        for character in characters:
            shown += next(characters) if character == "\\" else character

        assert shown == service._UNSEEN.sub(" ", text).strip()

    def test_leaves_names_as_they_are_usually_written(self) -> None:
        assert escaped("snake_case-Name 7: @everyone") == "snake_case-Name 7: @everyone"
        assert escaped("<@&1> __a__") == r"\<@&1\> \_\_a\_\_"


class TestCut:
    @given(st.text(alphabet="a\\*", max_size=12), st.integers(min_value=1, max_value=12))
    def test_is_never_longer_and_ends_in_no_half_character(self, text: str, most: int) -> None:
        found = cut(escaped(text), most)

        assert len(found) <= most
        assert (len(found) - len(found.rstrip("\\"))) % 2 == 0


class TestMessage:
    def test_is_an_embed_in_the_brands_colour_unless_told_otherwise(self) -> None:
        (embed,) = message()["embeds"]

        assert embed == {
            "title": "Order completed", "description": "**Alex** – **VIP** – $19.99", "color": service.BRAND_COLOR,
        }  # fmt: skip

    def test_has_the_look_that_was_chosen(self) -> None:
        (embed,) = message("{id}", discord_title="Thanks, {customer.profile.name}!", discord_color="#Ff0001")["embeds"]

        assert embed == {"title": "Thanks, Alex!", "description": "42", "color": 0xFF0001}

    def test_is_plain_text_on_request(self) -> None:
        assert message("{id}", discord_format="Text", discord_title="unseen") == {
            "content": "42", "allowed_mentions": {"parse": []},
        }  # fmt: skip

    @pytest.mark.parametrize("format", ["Embed", "Text"])
    def test_pings_nobody(self, format: str) -> None:
        assert message("@everyone <@1>", discord_format=format)["allowed_mentions"] == {"parse": []}

    def test_keeps_to_discords_limits(self) -> None:
        (embed,) = message("x" * 5000, discord_title="t" * 300)["embeds"]

        assert (len(embed["description"]), len(embed["title"])) == (4096, 256)
        assert len(message("x" * 5000, discord_format="Text")["content"]) == 2000

    def test_is_never_empty(self) -> None:
        assert message("{nothing}", discord_title="{nothing}")["embeds"] == [
            {"title": "Order completed", "color": service.BRAND_COLOR}
        ]
        assert message("{nothing}", discord_format="Text")["content"] == "Order completed"


class TestRetryAfter:
    @pytest.mark.parametrize(
        ("body", "seconds"),
        [
            (b'{"retry_after": 1.5}', 1.5),
            (b'{"retry_after": -1}', 0),
            (b"{}", 0),
            (b"\xff", 0),
            (b'{"retry_after": "x"}', 0),
        ],
    )
    def test_reads_what_discord_says(self, body: bytes, seconds: float) -> None:
        assert retry_after(body) == seconds
