"""Making and changing tags and their images; and reading them for other slices."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from sutler.catalog.product_rules.service import LONGEST_SLUG, SHORTEST_SLUG, cleaned, slugs_for
from sutler.catalog.tags.models import Tag, TagSlugTaken
from sutler.catalog.tags.schemas import UpsertTagRequestDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import given
from sutler.stores.files.jobs import drop
from sutler.stores.files.service import upload_url, use

MOST_TRIES: Final = 100
NO_IMAGE: Final = {"image_id": None, "image_kind": None}


async def tags(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, Tag]:
    """Those of these tags that exist in the store, by id; nothing is locked."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {tag.id: tag for tag in await store.all(store.rows(Tag).where(one_of_ids(Tag.c.id, wanted)))}


async def create(store: StoreContext, new: UpsertTagRequestDto) -> Tag:
    """A new tag, enabled unless it says otherwise.

    InvalidInput names everything that does not pass; TagSlugTaken when the slug that was asked for is in use. A slug made
    from the name gets a number instead.
    """
    values = checked(given(new), needs_name=True)
    fixed = values.get("slug")
    name, enabled = values["name"], values.get("enabled", True)
    for slug in [fixed] if fixed is not None else islice(_slugs(name), MOST_TRIES):
        tag = Tag(slug=slug, name=name, description=values.get("description"), enabled=enabled)
        if await store.add_new(tag, Tag.c.slug):
            return tag
    raise TagSlugTaken


async def update(store: StoreContext, id: FlakeId, changes: UpsertTagRequestDto) -> Tag:
    """Change what is given; TagSlugTaken for a slug in use. Products keep their tag, whatever it is called."""
    tag = await store.get(Tag, id)
    return await store.change(tag, checked(given(changes)))


def checked(values: dict[str, Any], *, needs_name: bool = False) -> dict[str, Any]:
    """The values in the form in which they are kept; InvalidInput names every one that cannot be."""
    kept = {name: value for name, value in values.items() if value is not None or name == "description"}
    problems = []
    if "name" in kept or needs_name:
        kept["name"] = kept.get("name", "").strip()
        if not kept["name"]:
            problems.append(FieldError("Required", "Give the tag a `name`.", "name", "required"))
    if "slug" in kept:
        kept["slug"] = cleaned(kept["slug"])
        if not SHORTEST_SLUG <= len(kept["slug"]) <= LONGEST_SLUG:
            text = f"A slug has {SHORTEST_SLUG} to {LONGEST_SLUG} letters a to z, digits, dashes and underscores."
            problems.append(FieldError("Invalid", text, "slug", "slug"))
    if "description" in kept:
        kept["description"] = kept["description"] or None
    if problems:
        raise InvalidInput(problems[0].message, problems)
    return kept


def _slugs(name: str) -> Iterator[str]:
    """What a name leaves too little of is called `tag-…`."""
    return slugs_for(name if len(cleaned(name)) >= SHORTEST_SLUG else f"tag {name}")


async def remove(store: StoreContext, tag: Tag) -> None:
    """Delete a tag and its image. Products go on without it."""
    await store.remove(tag)
    if tag.image_id is not None:
        await drop(store, tag.image_id)


async def image_upload(store: StoreContext, id: FlakeId) -> tuple[FlakeId, str]:
    """The id of the tag's next image, and where to upload it; NotFound if there is no such tag."""
    tag = await store.get(Tag, id)
    return upload_url(store, _purpose(tag))


async def finish_image(store: StoreContext, id: FlakeId, image_id: str) -> None:
    """Make an uploaded image the tag's own; the one before is removed. Said again it changes nothing."""
    tag = await store.get(Tag, id)
    if image_id == tag.image_id:
        return
    file = await use(store, image_id if looks_like_id(image_id) else "0", _purpose(tag), "image_id")
    await store.change(tag, {"image_id": file.id, "image_kind": file.kind})
    if tag.image_id is not None:
        await drop(store, tag.image_id)


async def delete_image(store: StoreContext, id: FlakeId) -> None:
    """Take the tag's image away; NotFound if it has none."""
    tag = await store.get(Tag, id)
    if tag.image_id is None:
        raise NotFound(f"The tag {id} has no image.")
    await store.change(tag, dict(NO_IMAGE))
    await drop(store, tag.image_id)


def _purpose(tag: Tag) -> str:
    return f"tag_image:{tag.id}"
