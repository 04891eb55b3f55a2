"""The management API of tags."""

from typing import Annotated

from sutler.catalog.navlinks.service import delete_tag_and_nodes
from sutler.catalog.tags import service
from sutler.catalog.tags.models import Tag
from sutler.catalog.tags.schemas import (
    FinishTagImageUploadUrlRequestDto,
    GetTagImageUploadUrlResponseDto,
    TagDto,
    UpsertTagRequestDto,
    shown,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/tags", tag="tags")
Reader = Annotated[StoreContext, reads("tag_read")]
Creator = Annotated[StoreContext, writes("tag_create")]
Updater = Annotated[StoreContext, writes("tag_update")]
Uploader = Annotated[StoreContext, reads("tag_update")]
Deleter = Annotated[StoreContext, writes("tag_delete")]


@routes.get("", "Tags_GetTags")
async def list_tags(store: Reader) -> list[TagDto]:
    """List all tags, oldest first, disabled ones included."""
    return [shown(tag) for tag in await store.all(store.rows(Tag))]


@routes.post("", "Tags_CreateTag")
async def create_tag(store: Creator, new: UpsertTagRequestDto) -> TagDto:
    """Make a tag that products can carry.

    Without `slug` one is made from the name, with a number behind it where that is taken.
    """
    return shown(await service.create(store, new))


@routes.get("/{tagId}", "Tags_GetTag")
async def get_tag(store: Reader, tag_id: FlakeId) -> TagDto:
    """Show one tag."""
    return shown(await store.get(Tag, tag_id))


@routes.patch("/{tagId}", "Tags_UpdateTag")
async def update_tag(store: Updater, tag_id: FlakeId, changes: UpsertTagRequestDto) -> TagDto:
    """Change a tag: what is left out stays. Products keep it under its new name and slug."""
    return shown(await service.update(store, tag_id, changes))


@routes.delete("/{tagId}", "Tags_DeleteTag")
async def delete_tag(store: Deleter, tag_id: FlakeId) -> None:
    """Delete a tag with its image and its places in the navigation; products go on without it."""
    await delete_tag_and_nodes(store, tag_id)


@routes.get("/{tagId}/image-upload-url", "Tags_GetTagImageUploadUrl")
async def get_image_upload_url(store: Uploader, tag_id: FlakeId) -> GetTagImageUploadUrlResponseDto:
    """Get an address to upload an image of the tag to, which works for 15 minutes.

    PUT the bytes of a PNG, JPEG, WebP or GIF of at most 2 MiB there, then finish with the `id`.
    """
    id, url = await service.image_upload(store, tag_id)
    return GetTagImageUploadUrlResponseDto(id, url)


@routes.post("/{tagId}/image-upload-finish", "Tags_FinishTagImageUpload")
async def finish_image_upload(store: Updater, tag_id: FlakeId, uploaded: FinishTagImageUploadUrlRequestDto) -> None:
    """Show the image that was uploaded; the tag's image before is removed."""
    await service.finish_image(store, tag_id, uploaded.image_id)


@routes.delete("/{tagId}/image", "Tags_DeleteTagImage")
async def delete_image(store: Updater, tag_id: FlakeId) -> None:
    """Take the tag's image away."""
    await service.delete_image(store, tag_id)
