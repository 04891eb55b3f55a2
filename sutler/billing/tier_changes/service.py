"""Going up or down a ladder: up at once, for the difference of the rest of the period; down with the next renewal."""

from msgspec import UNSET, Struct

from sutler.billing.change_codes import service as codes
from sutler.billing.change_codes.models import WrongCode
from sutler.billing.change_views.queries import pending
from sutler.billing.subscription_changes import service as changes
from sutler.billing.subscription_changes.models import ProrationBehavior
from sutler.billing.subscription_changes.schemas import UpdateSubscriptionLineRequestDto, UpdateSubscriptionResponseDto
from sutler.billing.subscription_changes.service import Begun
from sutler.billing.subscriptions.models import Subscription
from sutler.billing.tier_changes.queries import Standing, standings
from sutler.billing.tier_changes.schemas import (
    TierVerificationDto,
    UpdateSubscriptionTierRequestDto,
    UpdateSubscriptionTierResponseDto,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId


class Wish(Struct, frozen=True):
    """What a customer wants: their subscription with the line of the ladder on another step."""

    subscription: Subscription
    product_id: FlakeId
    lines: list[UpdateSubscriptionLineRequestDto]
    behavior: ProrationBehavior


async def preview(
    store: StoreContext, group_id: FlakeId, asked: UpdateSubscriptionTierRequestDto
) -> UpdateSubscriptionTierResponseDto:
    """What going to a step would do and cost now; nothing is written, and no code is needed."""
    wish = await _wish(store, group_id, asked.target_product_id)
    return _tier(await changes.preview(store, wish.subscription, wish.lines, wish.behavior, off_session=False))


async def change(
    shop: Shop, group_id: FlakeId, asked: UpdateSubscriptionTierRequestDto
) -> UpdateSubscriptionTierResponseDto:
    """Go to a step: without a code one is mailed, with it the change is made. Where they stand is what undoes a change."""
    begun = None
    async with shop.writing() as store:
        wish = await _wish(store, group_id, asked.target_product_id)
        if not (asked.verification_code or "").strip():
            return await _ask(store, wish)
        if await codes.fits(store, wish.subscription, wish.product_id, asked.verification_code or ""):
            begun = await _start(store, wish)
    if begun is None:
        text = " ".join((WrongCode.__doc__ or "").split())
        raise WrongCode(text, [FieldError("WrongCode", text, "verification_code", "code")])
    return _tier(await changes.finish(shop, begun))


async def _ask(store: StoreContext, wish: Wish) -> UpdateSubscriptionTierResponseDto:
    """Mail a code, once it is clear that the change can be made."""
    if await _same_again(store, wish):
        found = await changes.said(store, (await pending(store, [wish.subscription.id]))[wish.subscription.id].change.id)
        found.pending_payment = UNSET
    else:
        found = await changes.preview(store, wish.subscription, wish.lines, wish.behavior, off_session=False)
    found.subscription_change.status = "pending_verification"
    hint = await codes.send(store, wish.subscription, wish.product_id)
    answer = _tier(found)
    answer.verification = TierVerificationDto(destination_hint=hint)
    return answer


async def _start(store: StoreContext, wish: Wish) -> Begun:
    """Make the change; where the same one waits for its payment already, that is shown again."""
    if await _same_again(store, wish):
        return Begun((await pending(store, [wish.subscription.id]))[wish.subscription.id].change.id)
    return await changes.start(store, wish.subscription, wish.lines, wish.behavior, off_session=False)


async def _same_again(store: StoreContext, wish: Wish) -> bool:
    known = (await pending(store, [wish.subscription.id])).get(wish.subscription.id)
    if known is None or known.change.status != "pending_payment":
        return False
    return sorted(line.product_id for line in known.staying) == sorted(line.product_id or "" for line in wish.lines)


async def _wish(store: StoreContext, group_id: FlakeId, product_id: FlakeId) -> Wish:
    """What a step means for a customer's subscription; NotFound where they have none, InvalidInput for what is no step."""
    found = await standings(store, store.actor.id or "")
    standing = next((one for one in found if one.group_id == group_id), None)
    if standing is None:
        raise NotFound(f"You subscribe to nothing of the tier group {group_id}.")
    height = standing.height(product_id)
    if height < 0:
        text = f"The product {product_id} is no step of this tier group."
        raise InvalidInput(text, [FieldError("NoSuchStep", text, "target_product_id", "step")])
    up = height > standing.height(standing.line.product_id)
    subscription = await store.get(Subscription, standing.subscription.id)  # with it, the lock where this may write
    return Wish(subscription, product_id, _lines(standing, product_id), "immediate" if up else "next_billing_period")


def _lines(standing: Standing, product_id: FlakeId) -> list[UpdateSubscriptionLineRequestDto]:
    """All lines as they are, but for the one of the ladder."""
    return [
        UpdateSubscriptionLineRequestDto(
            product_id=product_id if line.id == standing.line.id else line.product_id, custom_variables={}
        )
        for line in standing.lines
    ]


def _tier(found: UpdateSubscriptionResponseDto) -> UpdateSubscriptionTierResponseDto:
    return UpdateSubscriptionTierResponseDto(
        subscription_change=found.subscription_change, pending_payment=found.pending_payment
    )
