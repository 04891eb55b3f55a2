"""Operations of `tags`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.tags import GetTagImageUploadUrlResponseDto, TagDto

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_TAGS = Operation("GET", "/v1/stores/{store_id}/tags", list[TagDto])
CREATE_TAG = Operation("POST", "/v1/stores/{store_id}/tags", TagDto)
GET_TAG = Operation("GET", "/v1/stores/{store_id}/tags/{tag_id}", TagDto)
UPDATE_TAG = Operation("PATCH", "/v1/stores/{store_id}/tags/{tag_id}", TagDto)
DELETE_TAG = Operation("DELETE", "/v1/stores/{store_id}/tags/{tag_id}", type(None))
DELETE_TAG_IMAGE = Operation("DELETE", "/v1/stores/{store_id}/tags/{tag_id}/image", type(None))
FINISH_TAG_IMAGE_UPLOAD = Operation("POST", "/v1/stores/{store_id}/tags/{tag_id}/image-upload-finish", type(None))
GET_TAG_IMAGE_UPLOAD_URL = Operation(
    "GET", "/v1/stores/{store_id}/tags/{tag_id}/image-upload-url", GetTagImageUploadUrlResponseDto
)


class Tags:
    """Operations of `tags`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_tags(self) -> list[TagDto]:
        """Get tags: `GET /v1/stores/{store_id}/tags`."""
        return self._transport.call(GET_TAGS)

    def create_tag(
        self,
        *,
        description: str | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        slug: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> TagDto:
        """Create tag: `POST /v1/stores/{store_id}/tags`."""
        return self._transport.call(
            CREATE_TAG,
            body={"description": description, "enabled": enabled, "name": name, "slug": slug},
            idempotency_key=idempotency_key,
        )

    def get_tag(self, tag_id: str) -> TagDto:
        """Get tag: `GET /v1/stores/{store_id}/tags/{tag_id}`."""
        return self._transport.call(GET_TAG, path={"tag_id": tag_id})

    def update_tag(
        self,
        tag_id: str,
        *,
        description: str | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        slug: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> TagDto:
        """Update tag: `PATCH /v1/stores/{store_id}/tags/{tag_id}`."""
        return self._transport.call(
            UPDATE_TAG,
            path={"tag_id": tag_id},
            body={"description": description, "enabled": enabled, "name": name, "slug": slug},
            idempotency_key=idempotency_key,
        )

    def delete_tag(self, tag_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete tag: `DELETE /v1/stores/{store_id}/tags/{tag_id}`."""
        return self._transport.call(DELETE_TAG, path={"tag_id": tag_id}, idempotency_key=idempotency_key)

    def delete_tag_image(self, tag_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete tag image: `DELETE /v1/stores/{store_id}/tags/{tag_id}/image`."""
        return self._transport.call(DELETE_TAG_IMAGE, path={"tag_id": tag_id}, idempotency_key=idempotency_key)

    def finish_tag_image_upload(self, tag_id: str, *, image_id: str, idempotency_key: str | None = None) -> None:
        """Finish tag image upload: `POST /v1/stores/{store_id}/tags/{tag_id}/image-upload-finish`."""
        return self._transport.call(
            FINISH_TAG_IMAGE_UPLOAD, path={"tag_id": tag_id}, body={"image_id": image_id}, idempotency_key=idempotency_key
        )

    def get_tag_image_upload_url(self, tag_id: str) -> GetTagImageUploadUrlResponseDto:
        """Get tag image upload url: `GET /v1/stores/{store_id}/tags/{tag_id}/image-upload-url`."""
        return self._transport.call(GET_TAG_IMAGE_UPLOAD_URL, path={"tag_id": tag_id})


class AsyncTags:
    """Operations of `tags`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_tags(self) -> list[TagDto]:
        """Get tags: `GET /v1/stores/{store_id}/tags`."""
        return await self._transport.call(GET_TAGS)

    async def create_tag(
        self,
        *,
        description: str | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        slug: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> TagDto:
        """Create tag: `POST /v1/stores/{store_id}/tags`."""
        return await self._transport.call(
            CREATE_TAG,
            body={"description": description, "enabled": enabled, "name": name, "slug": slug},
            idempotency_key=idempotency_key,
        )

    async def get_tag(self, tag_id: str) -> TagDto:
        """Get tag: `GET /v1/stores/{store_id}/tags/{tag_id}`."""
        return await self._transport.call(GET_TAG, path={"tag_id": tag_id})

    async def update_tag(
        self,
        tag_id: str,
        *,
        description: str | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        slug: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> TagDto:
        """Update tag: `PATCH /v1/stores/{store_id}/tags/{tag_id}`."""
        return await self._transport.call(
            UPDATE_TAG,
            path={"tag_id": tag_id},
            body={"description": description, "enabled": enabled, "name": name, "slug": slug},
            idempotency_key=idempotency_key,
        )

    async def delete_tag(self, tag_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete tag: `DELETE /v1/stores/{store_id}/tags/{tag_id}`."""
        return await self._transport.call(DELETE_TAG, path={"tag_id": tag_id}, idempotency_key=idempotency_key)

    async def delete_tag_image(self, tag_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete tag image: `DELETE /v1/stores/{store_id}/tags/{tag_id}/image`."""
        return await self._transport.call(DELETE_TAG_IMAGE, path={"tag_id": tag_id}, idempotency_key=idempotency_key)

    async def finish_tag_image_upload(self, tag_id: str, *, image_id: str, idempotency_key: str | None = None) -> None:
        """Finish tag image upload: `POST /v1/stores/{store_id}/tags/{tag_id}/image-upload-finish`."""
        return await self._transport.call(
            FINISH_TAG_IMAGE_UPLOAD, path={"tag_id": tag_id}, body={"image_id": image_id}, idempotency_key=idempotency_key
        )

    async def get_tag_image_upload_url(self, tag_id: str) -> GetTagImageUploadUrlResponseDto:
        """Get tag image upload url: `GET /v1/stores/{store_id}/tags/{tag_id}/image-upload-url`."""
        return await self._transport.call(GET_TAG_IMAGE_UPLOAD_URL, path={"tag_id": tag_id})
