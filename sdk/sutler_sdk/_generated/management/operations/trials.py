"""Operations of `trials`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.trials import TrialDto, TrialEligibilityOverrideDto
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import TrialStatusDto
    from sutler_sdk.transport import AsyncTransport, Transport

GET_ELIGIBILITY_OVERRIDES_FOR_CUSTOMER = Operation(
    "GET", "/v1/stores/{store_id}/customers/{customer_id}/trials/eligibility/overrides", list[TrialEligibilityOverrideDto]
)
CREATE_ELIGIBILITY_OVERRIDE_FOR_CUSTOMER = Operation(
    "POST", "/v1/stores/{store_id}/customers/{customer_id}/trials/eligibility/overrides", TrialEligibilityOverrideDto
)
DELETE_ELIGIBILITY_OVERRIDE_FOR_CUSTOMER = Operation(
    "DELETE",
    "/v1/stores/{store_id}/customers/{customer_id}/trials/eligibility/overrides/{trial_eligibility_override_id}",
    type(None),
)
GET_TRIALS = Operation("GET", "/v1/stores/{store_id}/trials", list[TrialDto])
GET_TRIAL = Operation("GET", "/v1/stores/{store_id}/trials/{trial_id}", TrialDto)


class Trials:
    """Operations of `trials`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_eligibility_overrides_for_customer(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[TrialEligibilityOverrideDto]:
        """Get eligibility overrides for customer: `GET /v1/stores/{store_id}/customers/{customer_id}/trials/eligibility/overrides`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_ELIGIBILITY_OVERRIDES_FOR_CUSTOMER,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    def iterate_eligibility_overrides_for_customer(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> Iterator[TrialEligibilityOverrideDto]:
        """Every entry of `get_eligibility_overrides_for_customer`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_ELIGIBILITY_OVERRIDES_FOR_CUSTOMER,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    def create_eligibility_override_for_customer(
        self,
        customer_id: str,
        *,
        expires_at: datetime,
        product_id: str,
        note: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> TrialEligibilityOverrideDto:
        """Create eligibility override for customer: `POST /v1/stores/{store_id}/customers/{customer_id}/trials/eligibility/overrides`."""
        return self._transport.call(
            CREATE_ELIGIBILITY_OVERRIDE_FOR_CUSTOMER,
            path={"customer_id": customer_id},
            body={"expires_at": expires_at, "note": note, "product_id": product_id},
            idempotency_key=idempotency_key,
        )

    def delete_eligibility_override_for_customer(
        self, trial_eligibility_override_id: str, customer_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Delete eligibility override for customer: `DELETE /v1/stores/{store_id}/customers/{customer_id}/trials/eligibility/overrides/{trial_eligibility_override_id}`."""
        return self._transport.call(
            DELETE_ELIGIBILITY_OVERRIDE_FOR_CUSTOMER,
            path={"trial_eligibility_override_id": trial_eligibility_override_id, "customer_id": customer_id},
            idempotency_key=idempotency_key,
        )

    def get_trials(
        self,
        *,
        status: Sequence[TrialStatusDto] | None = None,
        customer_id: str | None = None,
        subscription_id: str | None = None,
        checkout_id: str | None = None,
        trial_id: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[TrialDto]:
        """Get trials: `GET /v1/stores/{store_id}/trials`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_TRIALS,
            query={
                "status": status,
                "customer_id": customer_id,
                "subscription_id": subscription_id,
                "checkout_id": checkout_id,
                "trial_id": trial_id,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def iterate(
        self,
        *,
        status: Sequence[TrialStatusDto] | None = None,
        customer_id: str | None = None,
        subscription_id: str | None = None,
        checkout_id: str | None = None,
        trial_id: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> Iterator[TrialDto]:
        """Every entry of `get_trials`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_TRIALS,
            query={
                "status": status,
                "customer_id": customer_id,
                "subscription_id": subscription_id,
                "checkout_id": checkout_id,
                "trial_id": trial_id,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def get_trial(self, trial_id: str) -> TrialDto:
        """Get trial: `GET /v1/stores/{store_id}/trials/{trial_id}`."""
        return self._transport.call(GET_TRIAL, path={"trial_id": trial_id})


class AsyncTrials:
    """Operations of `trials`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_eligibility_overrides_for_customer(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[TrialEligibilityOverrideDto]:
        """Get eligibility overrides for customer: `GET /v1/stores/{store_id}/customers/{customer_id}/trials/eligibility/overrides`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_ELIGIBILITY_OVERRIDES_FOR_CUSTOMER,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    def iterate_eligibility_overrides_for_customer(
        self,
        customer_id: str,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> AsyncIterator[TrialEligibilityOverrideDto]:
        """Every entry of `get_eligibility_overrides_for_customer`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_ELIGIBILITY_OVERRIDES_FOR_CUSTOMER,
            path={"customer_id": customer_id},
            query={"limit": limit, "after": after, "before": before, "asc": asc},
        )

    async def create_eligibility_override_for_customer(
        self,
        customer_id: str,
        *,
        expires_at: datetime,
        product_id: str,
        note: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> TrialEligibilityOverrideDto:
        """Create eligibility override for customer: `POST /v1/stores/{store_id}/customers/{customer_id}/trials/eligibility/overrides`."""
        return await self._transport.call(
            CREATE_ELIGIBILITY_OVERRIDE_FOR_CUSTOMER,
            path={"customer_id": customer_id},
            body={"expires_at": expires_at, "note": note, "product_id": product_id},
            idempotency_key=idempotency_key,
        )

    async def delete_eligibility_override_for_customer(
        self, trial_eligibility_override_id: str, customer_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Delete eligibility override for customer: `DELETE /v1/stores/{store_id}/customers/{customer_id}/trials/eligibility/overrides/{trial_eligibility_override_id}`."""
        return await self._transport.call(
            DELETE_ELIGIBILITY_OVERRIDE_FOR_CUSTOMER,
            path={"trial_eligibility_override_id": trial_eligibility_override_id, "customer_id": customer_id},
            idempotency_key=idempotency_key,
        )

    async def get_trials(
        self,
        *,
        status: Sequence[TrialStatusDto] | None = None,
        customer_id: str | None = None,
        subscription_id: str | None = None,
        checkout_id: str | None = None,
        trial_id: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
    ) -> list[TrialDto]:
        """Get trials: `GET /v1/stores/{store_id}/trials`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_TRIALS,
            query={
                "status": status,
                "customer_id": customer_id,
                "subscription_id": subscription_id,
                "checkout_id": checkout_id,
                "trial_id": trial_id,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    def iterate(
        self,
        *,
        status: Sequence[TrialStatusDto] | None = None,
        customer_id: str | None = None,
        subscription_id: str | None = None,
        checkout_id: str | None = None,
        trial_id: str | None = None,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
    ) -> AsyncIterator[TrialDto]:
        """Every entry of `get_trials`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_TRIALS,
            query={
                "status": status,
                "customer_id": customer_id,
                "subscription_id": subscription_id,
                "checkout_id": checkout_id,
                "trial_id": trial_id,
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
            },
        )

    async def get_trial(self, trial_id: str) -> TrialDto:
        """Get trial: `GET /v1/stores/{store_id}/trials/{trial_id}`."""
        return await self._transport.call(GET_TRIAL, path={"trial_id": trial_id})
