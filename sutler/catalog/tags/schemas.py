"""Tags as managers send and see them, and as visitors see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.catalog.tags.models import Tag
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire, or_unset
from sutler.stores.files.service import image_url

Name = Annotated[str, Meta(max_length=100)]
Description = Annotated[str, Meta(max_length=50_000)]
RawSlug = Annotated[str, Meta(max_length=200)]  # spaces and what a slug cannot hold are still in it


class UpsertTagRequestDto(Wire):
    """A new tag, or what changes about one. Null clears the description; anything else is kept by it."""

    name: Name | UnsetType | None = UNSET
    slug: RawSlug | UnsetType | None = UNSET
    description: Description | UnsetType | None = UNSET
    enabled: bool | UnsetType | None = UNSET


class FinishTagImageUploadUrlRequestDto(Wire):
    """The id that came with the address of the upload."""

    image_id: Annotated[str, Meta(max_length=100)]


class GetTagImageUploadUrlResponseDto(Struct):
    """Where an image can be uploaded, and the id to finish with."""

    id: str
    upload_url: str


class TagDto(Struct):
    """A tag as its managers see it."""

    id: FlakeId
    store_id: FlakeId
    created_at: datetime
    created_by: Actor
    name: str
    slug: str
    description: str | None
    image_url: str | None
    enabled: bool
    updated_at: datetime | None
    updated_by: Actor | UnsetType = UNSET


class StorefrontTagDto(Struct):
    """A tag as visitors see it."""

    id: FlakeId
    store_id: FlakeId
    slug: str
    name: str
    description: str | None
    image_url: str | None
    enabled: bool
    created_at: datetime
    updated_at: datetime | None


def shown(tag: Tag) -> TagDto:
    """A tag for those who manage the store."""
    return TagDto(
        id=tag.id,
        store_id=tag.store_id,
        created_at=tag.created_at,
        created_by=tag.created_by or Actor("internal"),
        name=tag.name,
        slug=tag.slug,
        description=tag.description,
        image_url=image_url(tag.store_id, tag.image_id, tag.image_kind),
        enabled=tag.enabled,
        updated_at=tag.updated_at,
        updated_by=or_unset(tag.updated_by),
    )


def displayed(tag: Tag) -> StorefrontTagDto:
    """A tag for those who visit the store."""
    return StorefrontTagDto(
        id=tag.id,
        store_id=tag.store_id,
        slug=tag.slug,
        name=tag.name,
        description=tag.description,
        image_url=image_url(tag.store_id, tag.image_id, tag.image_kind),
        enabled=tag.enabled,
        created_at=tag.created_at,
        updated_at=tag.updated_at,
    )
