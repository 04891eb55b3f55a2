"""What operations of `tags` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model


class GetTagImageUploadUrlResponseDto(Model, frozen=True, kw_only=True):
    """`GetTagImageUploadUrlResponseDto` of the contract."""

    id: str
    upload_url: str


class TagDto(Model, frozen=True, kw_only=True):
    """`TagDto` of the contract."""

    created_at: datetime
    created_by: ActorDto
    description: str | None = None
    enabled: bool
    id: str
    image_url: str | None = None
    name: str
    slug: str
    store_id: str
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None
