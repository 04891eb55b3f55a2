"""Changes of subscriptions, as tests ask for them."""

from typing import Any

from sutler.checkout.checkouts.service import token_of
from sutler.kernel.ids import FlakeId
from tests.make.subscriptions import Club


def to(*product_ids: FlakeId, behavior: str = "immediate", **more: Any) -> dict[str, Any]:
    """The body that asks for these products."""
    lines = [{"product_id": id, "custom_variables": {}} | more for id in product_ids]
    return {"lines": lines, "proration_behavior": behavior}


async def change(club: Club, id: FlakeId, body: dict[str, Any], *, preview: bool = False, status: int = 200) -> Any:
    """The answer to a change, or to its preview; jobs have run."""
    path = f"{club.path}/subscriptions/{id}/change" + ("/preview" if preview else "")
    answer = await club.api.post(path, json=body)
    assert answer.status_code == status, answer.text
    await club.worker.drain()
    return answer.json()


def token_in(url: str) -> dict[str, str]:
    """A checkout as `paid` takes it."""
    return {"token": url.rpartition("?t=")[2]}


async def ladder(club: Club, **outcome: Any) -> tuple[dict[str, Any], FlakeId, FlakeId]:
    """A subscription to Silver for 10.00 in the middle of its month, and Gold for 20.00."""
    silver, gold = await club.product(price=1000, name="Silver"), await club.product(price=2000, name="Gold")
    begun = await club.subscribe(silver, **outcome)
    await club.after(15)
    return begun, silver, gold


async def items(club: Club) -> list[tuple[str, str]]:
    """What the customer was given, oldest first, and the state of each."""
    answer = await club.api.get(f"{club.path}/customers/{club.customer_id}/delivery/items", params={"asc": "true"})
    assert answer.status_code == 200, answer.text
    return [(one["product"]["name"], one["state"]) for one in sorted(answer.json(), key=lambda one: int(one["id"]))]


async def page(club: Club, order: dict[str, Any]) -> dict[str, str]:
    """The page of an order's checkout."""
    kept = await club.kept(order["id"])
    return {"token": token_of(kept.checkout_id, kept.checkout_token_sealed)}
