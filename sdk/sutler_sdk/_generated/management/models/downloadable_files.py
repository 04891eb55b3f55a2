"""What operations of `downloadable_files` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model


class CreateDownloadableFileDownloadUrlResponseDto(Model, frozen=True, kw_only=True):
    """`CreateDownloadableFileDownloadUrlResponseDto` of the contract."""

    download_signed_url: str


class ProductDownloadableFileDto(Model, frozen=True, kw_only=True):
    """`ProductDownloadableFileDto` of the contract."""

    created_at: datetime
    created_by: ActorDto
    description: str | None = None
    file_content_type: str | None = None
    file_hash: str | None = None
    file_name: str | None = None
    file_size: int | None = None
    id: str
    is_uploaded: bool
    product_id: str
    store_id: str
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None


class StartDownloadableFileUploadResponseDto(Model, frozen=True, kw_only=True):
    """`StartDownloadableFileUploadResponseDto` of the contract."""

    downloadable_file_id: str
    upload_signed_url: str
