"""Making, changing and deleting affiliate links."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import param
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import given
from sutler.promotions.affiliate_links.models import AffiliateLink, CommissionStep
from sutler.promotions.affiliate_links.queries import living, one
from sutler.promotions.affiliate_links.schemas import CreateAffiliateLinkDto, UpdateAffiliateLinkDto
from sutler.promotions.codes import service as codes
from sutler.promotions.discounts.service import MOST, WHOLE, invalid
from sutler.promotions.wallets.service import open_wallet, wallet_problem

LONGEST_TRACKING: Final = 3_650
USUAL: Final[Mapping[str, Any]] = {
    "enabled": True, "referer_type": "last_referer", "tracking_length_days": 30, "apply_for_subscriptions": False,
    "discount_type": "none", "discount_amount": 0, "commission_type": "none", "commission_amount": 0,
    "commission_amount_steps": [], "last_commission_amount_step_repeats": False,
}  # fmt: skip
"""What a member is that a new link leaves out."""


async def create(store: StoreContext, new: CreateAffiliateLinkDto) -> AffiliateLink:
    """A new link, and a wallet for what it earns if there is none yet.

    InvalidInput names everything that does not pass; AffiliateCodeTaken for a code in use.
    """
    asked = given(new)
    code = asked.get("code", "").strip() or codes.generated()
    link = AffiliateLink(**_columns({**USUAL, "wallet_id": code, **asked, "code": code}))
    await open_wallet(store, link.wallet_id)
    return await store.add(link)


async def update(store: StoreContext, id: FlakeId, changes: UpdateAffiliateLinkDto) -> AffiliateLink:
    """Change what is given, for purchases from now on; a type of `none` makes its amount zero."""
    link = await one(store, id)
    asked = given(changes)
    for name in ("discount", "commission"):
        if asked.get(f"{name}_type") == "none":
            asked.setdefault(f"{name}_amount", 0)
            if name == "commission":
                asked.setdefault("commission_amount_steps", [])
    same = (*USUAL, "wallet_id", "code")
    columns = _columns({name: getattr(link, name) for name in same} | asked)
    changed = {name: value for name, value in columns.items() if getattr(link, name) != value}
    if "wallet_id" in changed:
        await open_wallet(store, changed["wallet_id"])
    return await store.change(link, changed) if changed else link


async def delete(store: StoreContext, id: FlakeId) -> None:
    """Let a link work no more; NotFound when it is not there. What it earned stays in its wallet, its code is free."""
    gone = {"deleted_at": clock.now()}
    if not await store.change_all(living(store).where(AffiliateLink.c.id == param("id")), gone, id=id):
        raise NotFound(f"There is no affiliate link {id} in this store.")


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a link of these values; InvalidInput names everything that does not pass."""
    kept = dict(values) | {"code": values["code"].strip(), "wallet_id": values["wallet_id"].strip()}
    kept["commission_amount_steps"] = [
        CommissionStep(step.billing_cycle_sequence, step.commission_amount) for step in values["commission_amount_steps"]
    ]
    found = list(_problems(kept))
    if found:
        raise InvalidInput(found[0].message, found)
    return kept


def _problems(values: Mapping[str, Any]) -> Iterator[FieldError]:
    yield from (wrong for wrong in (codes.problem(values["code"]), wallet_problem(values["wallet_id"])) if wrong)
    if values["referer_type"] == "invalid":
        yield invalid("Say who earns after several links: the `first_referer` or the `last_referer`.", "referer_type")
    if not 0 <= values["tracking_length_days"] <= LONGEST_TRACKING:
        yield invalid(f"`tracking_length_days` is 0 to {LONGEST_TRACKING} days.", "tracking_length_days")
    for name in ("discount", "commission"):
        wrong = _amount(values[f"{name}_type"], values[f"{name}_amount"], f"{name}_amount")
        if wrong:
            yield wrong
    yield from _steps(values["commission_type"], values["commission_amount_steps"])


def _steps(kind: str, steps: Sequence[CommissionStep]) -> Iterator[FieldError]:
    for number, step in enumerate(steps):
        path = f"commission_amount_steps[{number}]"
        if step.billing_cycle_sequence <= (steps[number - 1].billing_cycle_sequence if number else 0):
            text = "Steps are in the order of their billing cycles, which count from 1, each once."
            yield invalid(text, f"{path}.billing_cycle_sequence")
        wrong = _amount(kind, step.commission_amount, f"{path}.commission_amount")
        if wrong:
            yield wrong


def _amount(kind: str, amount: int, path: str) -> FieldError | None:
    name = path.rpartition(".")[2]
    if kind == "none":
        return invalid(f"With the type `none` there is no `{name}`; send 0 or leave it out.", path) if amount else None
    if kind == "percentage":
        text = f"A percentage `{name}` is in tenths of a percent: 0 to {WHOLE}, 125 is 12.5 %."
        return None if 0 <= amount <= WHOLE else invalid(text, path)
    return None if 0 <= amount <= MOST else invalid(f"A fixed `{name}` is 0 to {MOST} minor units (cents).", path)
