"""The table of the lines of carts."""

import hashlib
from collections.abc import Mapping

import msgspec

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class CartLine(StoreRecord, table="cart_lines"):
    """One product in a customer's cart, with its settings. `custom_variables` are the answers by the variables' ids."""

    customer_id: FlakeId
    line_key: str
    product_id: FlakeId
    quantity: int
    gift_to_customer_id: FlakeId | None
    selected_gameserver_id: FlakeId | None
    custom_variables: dict[str, str]
    subscription: bool = False
    trial: bool = False  # of the subscription


class CartLineTwice(Conflict):
    """The cart has this line already."""


unique(CartLineTwice, CartLine.c.store_id, CartLine.c.customer_id, CartLine.c.line_key, name="cart_lines_key")


def key_of(
    product_id: FlakeId, gameserver_id: FlakeId | None, recipient_id: FlakeId | None, answers: Mapping[str, str],
    how: str = "",
) -> str:  # fmt: skip
    """What tells the lines of one product with different settings apart: 32 hex digits, the same for the same settings.

    `how` is `subscription` or `trial`, and empty for what is bought once.
    """
    settings = [product_id, gameserver_id, recipient_id, sorted(answers.items()), *filter(None, [how])]
    return hashlib.sha256(msgspec.json.encode(settings)).hexdigest()[:32]
