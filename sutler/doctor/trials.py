"""The check of trials: what was held for one that is over would keep its customer from the next for ever."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import and_, select

from sutler.billing.trials.models import Trial
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.trial_claims.models import OPEN, TrialClaim
from sutler.doctor.examination import Check, Rule

CLAIM, TRIAL, CHECKOUT = TrialClaim.c, Trial.c, Checkout.c

CHECKS: Final[Mapping[str, Check]] = {
    "trials_release": Rule(
        "What a customer tries is held only while they try it, or begin to.",
        select(CLAIM.id, CLAIM.store_id, CLAIM.customer_id, CLAIM.product_id)
        .select_from(TrialClaim.table)
        .outerjoin(
            Trial.table,
            and_(
                TRIAL.checkout_line_id == CLAIM.checkout_line_id, TRIAL.store_id == CLAIM.store_id, TRIAL.status == "active"
            ),
        )
        .outerjoin(
            Checkout.table,
            and_(CHECKOUT.id == CLAIM.checkout_id, CHECKOUT.store_id == CLAIM.store_id, CHECKOUT.held_by.is_not(None)),
        )
        .where(OPEN, TRIAL.id.is_(None), CHECKOUT.id.is_(None)),
        "Claim {id} of store {store_id} holds product {product_id} for customer {customer_id}, who does not try it.",
    ),
}  # fmt: skip
