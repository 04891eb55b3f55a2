"""Operations of `downloadable-files`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.downloadable_files import (
    CreateDownloadableFileDownloadUrlResponseDto,
    ProductDownloadableFileDto,
    StartDownloadableFileUploadResponseDto,
)

if TYPE_CHECKING:
    from sutler_sdk.transport import AsyncTransport, Transport

GET_DOWNLOADABLE_FILES = Operation(
    "GET", "/v1/stores/{store_id}/products/{product_id}/downloadable-files", list[ProductDownloadableFileDto]
)
START_DOWNLOADABLE_FILE_UPLOAD = Operation(
    "POST", "/v1/stores/{store_id}/products/{product_id}/downloadable-files", StartDownloadableFileUploadResponseDto
)
DELETE_DOWNLOADABLE_FILE = Operation(
    "DELETE", "/v1/stores/{store_id}/products/{product_id}/downloadable-files/{downloadable_file_id}", type(None)
)
CREATE_DOWNLOAD_URL = Operation(
    "GET",
    "/v1/stores/{store_id}/products/{product_id}/downloadable-files/{downloadable_file_id}/download-url",
    CreateDownloadableFileDownloadUrlResponseDto,
)
FINISH_DOWNLOADABLE_FILE_UPLOAD = Operation(
    "POST", "/v1/stores/{store_id}/products/{product_id}/downloadable-files/{downloadable_file_id}/finish", type(None)
)


class DownloadableFiles:
    """Operations of `downloadable-files`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_downloadable_files(self, product_id: str) -> list[ProductDownloadableFileDto]:
        """Get downloadable files: `GET /v1/stores/{store_id}/products/{product_id}/downloadable-files`."""
        return self._transport.call(GET_DOWNLOADABLE_FILES, path={"product_id": product_id})

    def start_downloadable_file_upload(
        self,
        product_id: str,
        *,
        file_content_type: str,
        file_name: str,
        description: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> StartDownloadableFileUploadResponseDto:
        """Start downloadable file upload: `POST /v1/stores/{store_id}/products/{product_id}/downloadable-files`."""
        return self._transport.call(
            START_DOWNLOADABLE_FILE_UPLOAD,
            path={"product_id": product_id},
            body={"description": description, "file_content_type": file_content_type, "file_name": file_name},
            idempotency_key=idempotency_key,
        )

    def delete_downloadable_file(
        self, product_id: str, downloadable_file_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Delete downloadable file: `DELETE /v1/stores/{store_id}/products/{product_id}/downloadable-files/{downloadable_file_id}`."""
        return self._transport.call(
            DELETE_DOWNLOADABLE_FILE,
            path={"product_id": product_id, "downloadable_file_id": downloadable_file_id},
            idempotency_key=idempotency_key,
        )

    def create_download_url(
        self, product_id: str, downloadable_file_id: str
    ) -> CreateDownloadableFileDownloadUrlResponseDto:
        """Create download url: `GET /v1/stores/{store_id}/products/{product_id}/downloadable-files/{downloadable_file_id}/download-url`."""
        return self._transport.call(
            CREATE_DOWNLOAD_URL, path={"product_id": product_id, "downloadable_file_id": downloadable_file_id}
        )

    def finish_downloadable_file_upload(
        self, product_id: str, downloadable_file_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Finish downloadable file upload: `POST /v1/stores/{store_id}/products/{product_id}/downloadable-files/{downloadable_file_id}/finish`."""
        return self._transport.call(
            FINISH_DOWNLOADABLE_FILE_UPLOAD,
            path={"product_id": product_id, "downloadable_file_id": downloadable_file_id},
            idempotency_key=idempotency_key,
        )


class AsyncDownloadableFiles:
    """Operations of `downloadable-files`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_downloadable_files(self, product_id: str) -> list[ProductDownloadableFileDto]:
        """Get downloadable files: `GET /v1/stores/{store_id}/products/{product_id}/downloadable-files`."""
        return await self._transport.call(GET_DOWNLOADABLE_FILES, path={"product_id": product_id})

    async def start_downloadable_file_upload(
        self,
        product_id: str,
        *,
        file_content_type: str,
        file_name: str,
        description: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> StartDownloadableFileUploadResponseDto:
        """Start downloadable file upload: `POST /v1/stores/{store_id}/products/{product_id}/downloadable-files`."""
        return await self._transport.call(
            START_DOWNLOADABLE_FILE_UPLOAD,
            path={"product_id": product_id},
            body={"description": description, "file_content_type": file_content_type, "file_name": file_name},
            idempotency_key=idempotency_key,
        )

    async def delete_downloadable_file(
        self, product_id: str, downloadable_file_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Delete downloadable file: `DELETE /v1/stores/{store_id}/products/{product_id}/downloadable-files/{downloadable_file_id}`."""
        return await self._transport.call(
            DELETE_DOWNLOADABLE_FILE,
            path={"product_id": product_id, "downloadable_file_id": downloadable_file_id},
            idempotency_key=idempotency_key,
        )

    async def create_download_url(
        self, product_id: str, downloadable_file_id: str
    ) -> CreateDownloadableFileDownloadUrlResponseDto:
        """Create download url: `GET /v1/stores/{store_id}/products/{product_id}/downloadable-files/{downloadable_file_id}/download-url`."""
        return await self._transport.call(
            CREATE_DOWNLOAD_URL, path={"product_id": product_id, "downloadable_file_id": downloadable_file_id}
        )

    async def finish_downloadable_file_upload(
        self, product_id: str, downloadable_file_id: str, *, idempotency_key: str | None = None
    ) -> None:
        """Finish downloadable file upload: `POST /v1/stores/{store_id}/products/{product_id}/downloadable-files/{downloadable_file_id}/finish`."""
        return await self._transport.call(
            FINISH_DOWNLOADABLE_FILE_UPLOAD,
            path={"product_id": product_id, "downloadable_file_id": downloadable_file_id},
            idempotency_key=idempotency_key,
        )
