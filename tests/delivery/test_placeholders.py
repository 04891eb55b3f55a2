"""Placeholders: which there are, and that what is inserted stays plain text."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.billing.orders.models import Order
from sutler.catalog.custom_variables.service import IDENTIFIER, RESERVED
from sutler.catalog.products.models import ProductVersion
from sutler.customers.customers.models import Customer
from sutler.delivery.placeholders.service import amount, filled, harmless, values_of
from sutler.kernel.ids import pretty_id
from sutler.stores.stores.models import Store
from tests.make.delivery import STEAM_ID, UUID

PERSON = (
    "id", "name", "steam.id", "steam.name", "minecraft.uuid", "minecraft.id", "minecraft.name", "xbox.xuid", "profile.id",
    "profile.name", "profile.platform", "steam_id", "minecraft_uuid", "minecraft_name",
)  # fmt: skip
NAMES = {
    *(f"{prefix}.{name}" for prefix in ("customer", "order.customer") for name in PERSON),
    "order.id", "order.pretty_id", "order.currency", "order.total_amount", "order.billing_email", "order.billing_country",
    "product.id", "product.version_id", "product.name", "product.slug", "product.price",
    "quantity", "subscription.id", "trial.id", "store.id", "store.name",
}  # fmt: skip


def store() -> Store:
    """A store that sells in euros."""
    return Store(
        id="7", owner_id="1", slug="s", name="Castle", platform="steam", game="rust", currency="eur", description="",
        live_mode=False,
    )  # fmt: skip


def version() -> ProductVersion:
    """A rank for 14.99."""
    return ProductVersion(
        id="31", product_id="30", slug="knight", name='The "Knight"', description="", image_url=None, price=1499,
        gameserver_ids=[], commands=[], single_game_server_only=False, remove_after_enabled=False,
        remove_after_time_value=0, remove_after_time_scale="day",
    )  # fmt: skip


def customer(**changes: Any) -> Customer:
    """Somebody with a Steam account."""
    fields: dict[str, Any] = {
        "id": "40", "steam_id": STEAM_ID, "minecraft_uuid": None, "minecraft_platform": None, "xbox_xuid": None,
        "name": "Alice", "metadata": {},
    }  # fmt: skip
    return Customer(**(fields | changes))


def order() -> Order:
    """An order for 29.98 euros."""
    return Order(
        id="50", customer_id="40", checkout_id="1", checkout_token_sealed=b"", type="one_time", status="completed",
        currency="eur", subtotal_amount=2998, discount_amount=0, tax_amount=0, total_amount=2998, giftcard_usage_amount=0,
        tax_inclusive=False, billing_name="A", billing_email="a@example.com", billing_country="DE", billing_tax_id=None,
        customer_ip="",
    )  # fmt: skip


def values(receiver: Customer | None = None, payer: Customer | None = None) -> dict[str, str]:
    """What placeholders stand for in an order."""
    return values_of(store(), version(), receiver or customer(), payer or customer(), order())


class TestNames:
    def test_are_the_whole_set(self) -> None:
        assert set(values()) == NAMES

    def test_speak_of_the_order_the_product_and_the_store(self) -> None:
        text = "{order.id} {order.pretty_id} {order.total_amount} {order.billing_email} {order.billing_country} {store.name}"

        assert filled(text, values()) == f"50 {pretty_id('50')} 29.98 a@example.com DE Castle"
        assert filled("{product.id} {product.version_id} {product.slug} {product.price}", values()) == "30 31 knight 14.99"

    def test_speak_of_the_receiver_and_of_the_payer(self) -> None:
        bob = customer(id="41", name="Bob", steam_id="76561197960287931")

        text = filled("{customer.name} {customer.steam.id} {order.customer.name} {order.customer.steam_id}", values(bob))

        assert text == f"Bob 76561197960287931 Alice {STEAM_ID}"

    def test_speak_of_a_minecraft_player(self) -> None:
        steve = customer(steam_id=None, minecraft_uuid=UUID, minecraft_name="jeb_", name=None)
        names = (
            "minecraft.uuid",
            "minecraft_uuid",
            "minecraft.id",
            "minecraft.name",
            "minecraft_name",
            "name",
            "profile.id",
        )

        text = filled(" ".join(f"{{customer.{name}}}" for name in names), values(steve))

        assert text == f"{UUID} {UUID} {UUID} jeb_ jeb_ jeb_ {UUID}"

    def test_are_empty_where_there_is_nothing(self) -> None:
        nobody = customer(steam_id=None, name=None)
        by_hand = values_of(store(), version(), nobody, None, None)

        known = filled(
            "[{customer.steam.id}{customer.name}{order.id}{order.customer.name}{subscription.id}{trial.id}]", by_hand
        )

        assert set(by_hand) == NAMES
        assert known == "[]"

    def test_stay_as_they_are_when_they_are_unknown(self) -> None:
        text = "tellraw {nobody.knows} {} {customer} {Customer.Name} {{ {player.source_from:1}"

        assert filled(text, values()) == text

    def test_are_never_hidden_by_a_custom_variable(self) -> None:
        assert {name for name in values() if IDENTIFIER.fullmatch(name)} == set(RESERVED)

    def test_are_filled_in_inside_others(self) -> None:
        text = "{player.source_from:{customer.steam.id}} {{quantity}}"

        assert filled(text, values()) == f"{{player.source_from:{STEAM_ID}}} {{1}}"


class TestValues:
    def test_are_never_looked_at_again(self) -> None:
        mallory = customer(name="{order.billing_email}{customer.steam.id}")

        assert filled("say {customer.name}", values(mallory)) == "say {order.billing_email}{customer.steam.id}"

    @pytest.mark.parametrize(
        "name", ["a\nop me", "a\r\nop me", "a\u2028op me", "a\u2029op me", "a\x00\x1b\x85op me", "a\u202eop me"]
    )
    def test_lose_line_breaks_and_control_characters(self, name: str) -> None:
        assert filled("say {customer.name}", values(customer(name=name))) == "say aop me"

    @pytest.mark.parametrize(
        ("name", "left"), [('x" admin', "x admin"), ("x; stop", "x stop"), ("x\\", "x"), ("@a", "a"), ("@@a", "a")]
    )
    def test_that_buyers_chose_cannot_end_an_argument_or_name_everybody(self, name: str, left: str) -> None:
        someone = customer(name=name, steam_name=name, minecraft_name=name)
        names = ("name", "steam.name", "minecraft.name", "profile.name")

        assert {filled(f"{{customer.{one}}}", values(someone)) for one in names} == {left}

    def test_that_the_merchant_chose_keep_their_quotes(self) -> None:
        assert filled("{product.name}", values()) == 'The "Knight"'

    @given(st.text())
    def test_that_buyers_chose_are_one_line_without_quotes(self, name: str) -> None:
        inserted = filled("{customer.name}", values(customer(name=name)))

        assert inserted == harmless(name)
        assert len(inserted.splitlines()) <= 1
        assert not set('"\\;\0\x1b') & set(inserted)

    @given(st.text(st.characters(categories=["L", "N"]), max_size=20))
    def test_of_letters_and_digits_arrive_unchanged(self, name: str) -> None:
        assert filled("{customer.name}", values(customer(name=name or None))) == name


class TestAmounts:
    @pytest.mark.parametrize(
        ("minor_units", "currency", "text"),
        [
            (1499, "usd", "14.99"),
            (5, "eur", "0.05"),
            (0, "usd", "0.00"),
            (500, "jpy", "500"),
            (1234, "kwd", "1.234"),
            (-5, "usd", "-0.05"),
        ],
    )
    def test_are_plain_numbers(self, minor_units: int, currency: str, text: str) -> None:
        assert amount(minor_units, currency) == text
