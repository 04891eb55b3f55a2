"""Operations of `custom-variables`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.custom_variables import CustomVariableDto

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import CustomVariableType
    from sutler_sdk._generated.management.inputs import CustomVariableOptionRequestInput
    from sutler_sdk.transport import AsyncTransport, Transport

GET_CUSTOM_VARIABLES_FOR_STORE = Operation("GET", "/v1/stores/{store_id}/custom-variables", list[CustomVariableDto])
CREATE_CUSTOM_VARIABLE_FOR_STORE = Operation("POST", "/v1/stores/{store_id}/custom-variables", CustomVariableDto)
GET_CUSTOM_VARIABLE_BY_ID_FOR_STORE = Operation(
    "GET", "/v1/stores/{store_id}/custom-variables/{custom_variable_id}", CustomVariableDto
)
UPDATE_CUSTOM_VARIABLE_FOR_STORE = Operation(
    "PATCH", "/v1/stores/{store_id}/custom-variables/{custom_variable_id}", CustomVariableDto
)
DELETE_CUSTOM_VARIABLE_FOR_STORE = Operation(
    "DELETE", "/v1/stores/{store_id}/custom-variables/{custom_variable_id}", type(None)
)


class CustomVariables:
    """Operations of `custom-variables`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_custom_variables_for_store(self) -> list[CustomVariableDto]:
        """Get custom variables for store: `GET /v1/stores/{store_id}/custom-variables`."""
        return self._transport.call(GET_CUSTOM_VARIABLES_FOR_STORE)

    def create_custom_variable_for_store(
        self,
        *,
        identifier: str,
        name: str,
        type: CustomVariableType,
        description: str | UnsetType | None = UNSET,
        options: Sequence[CustomVariableOptionRequestInput] | UnsetType | None = UNSET,
        value_regex: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CustomVariableDto:
        """Create custom variable for store: `POST /v1/stores/{store_id}/custom-variables`."""
        return self._transport.call(
            CREATE_CUSTOM_VARIABLE_FOR_STORE,
            body={
                "description": description,
                "identifier": identifier,
                "name": name,
                "options": options,
                "type": type,
                "value_regex": value_regex,
            },
            idempotency_key=idempotency_key,
        )

    def get_custom_variable_by_id_for_store(self, custom_variable_id: str) -> CustomVariableDto:
        """Get custom variable by id for store: `GET /v1/stores/{store_id}/custom-variables/{custom_variable_id}`."""
        return self._transport.call(GET_CUSTOM_VARIABLE_BY_ID_FOR_STORE, path={"custom_variable_id": custom_variable_id})

    def update_custom_variable_for_store(
        self,
        custom_variable_id: str,
        *,
        description: str | UnsetType | None = UNSET,
        identifier: str | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        options: Sequence[CustomVariableOptionRequestInput] | UnsetType | None = UNSET,
        type: CustomVariableType | UnsetType | None = UNSET,
        value_regex: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CustomVariableDto:
        """Update custom variable for store: `PATCH /v1/stores/{store_id}/custom-variables/{custom_variable_id}`."""
        return self._transport.call(
            UPDATE_CUSTOM_VARIABLE_FOR_STORE,
            path={"custom_variable_id": custom_variable_id},
            body={
                "description": description,
                "identifier": identifier,
                "name": name,
                "options": options,
                "type": type,
                "value_regex": value_regex,
            },
            idempotency_key=idempotency_key,
        )

    def delete_custom_variable_for_store(self, custom_variable_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete custom variable for store: `DELETE /v1/stores/{store_id}/custom-variables/{custom_variable_id}`."""
        return self._transport.call(
            DELETE_CUSTOM_VARIABLE_FOR_STORE,
            path={"custom_variable_id": custom_variable_id},
            idempotency_key=idempotency_key,
        )


class AsyncCustomVariables:
    """Operations of `custom-variables`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_custom_variables_for_store(self) -> list[CustomVariableDto]:
        """Get custom variables for store: `GET /v1/stores/{store_id}/custom-variables`."""
        return await self._transport.call(GET_CUSTOM_VARIABLES_FOR_STORE)

    async def create_custom_variable_for_store(
        self,
        *,
        identifier: str,
        name: str,
        type: CustomVariableType,
        description: str | UnsetType | None = UNSET,
        options: Sequence[CustomVariableOptionRequestInput] | UnsetType | None = UNSET,
        value_regex: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CustomVariableDto:
        """Create custom variable for store: `POST /v1/stores/{store_id}/custom-variables`."""
        return await self._transport.call(
            CREATE_CUSTOM_VARIABLE_FOR_STORE,
            body={
                "description": description,
                "identifier": identifier,
                "name": name,
                "options": options,
                "type": type,
                "value_regex": value_regex,
            },
            idempotency_key=idempotency_key,
        )

    async def get_custom_variable_by_id_for_store(self, custom_variable_id: str) -> CustomVariableDto:
        """Get custom variable by id for store: `GET /v1/stores/{store_id}/custom-variables/{custom_variable_id}`."""
        return await self._transport.call(
            GET_CUSTOM_VARIABLE_BY_ID_FOR_STORE, path={"custom_variable_id": custom_variable_id}
        )

    async def update_custom_variable_for_store(
        self,
        custom_variable_id: str,
        *,
        description: str | UnsetType | None = UNSET,
        identifier: str | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        options: Sequence[CustomVariableOptionRequestInput] | UnsetType | None = UNSET,
        type: CustomVariableType | UnsetType | None = UNSET,
        value_regex: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> CustomVariableDto:
        """Update custom variable for store: `PATCH /v1/stores/{store_id}/custom-variables/{custom_variable_id}`."""
        return await self._transport.call(
            UPDATE_CUSTOM_VARIABLE_FOR_STORE,
            path={"custom_variable_id": custom_variable_id},
            body={
                "description": description,
                "identifier": identifier,
                "name": name,
                "options": options,
                "type": type,
                "value_regex": value_regex,
            },
            idempotency_key=idempotency_key,
        )

    async def delete_custom_variable_for_store(self, custom_variable_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete custom variable for store: `DELETE /v1/stores/{store_id}/custom-variables/{custom_variable_id}`."""
        return await self._transport.call(
            DELETE_CUSTOM_VARIABLE_FOR_STORE,
            path={"custom_variable_id": custom_variable_id},
            idempotency_key=idempotency_key,
        )
