"""Tags, the navigation and pictures, as tests need them."""

from typing import Any
from urllib.parse import urlsplit

import httpx2

from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64)
GIF = b"GIF89a" + bytes(64)
WEBP = b"RIFF\x40\x00\x00\x00WEBPVP8 " + bytes(64)


async def made_tag(api: ContractClient, store_id: FlakeId, name: str = "Ranks", **changes: Any) -> dict[str, Any]:
    """A tag as the API answers it."""
    answer = await api.post(f"/v1/stores/{store_id}/tags", json={"name": name} | changes)
    assert answer.status_code == 200, answer.text
    tag: dict[str, Any] = answer.json()
    return tag


async def made_node(
    api: ContractClient, store_id: FlakeId, tag: dict[str, Any], parent: dict[str, Any] | None = None, **changes: Any
) -> dict[str, Any]:
    """A node of the navigation as the API answers it."""
    body = {"tag_id": tag["id"]} | ({"parent_node_id": parent["node_id"]} if parent else {}) | changes
    answer = await api.post(f"/v1/stores/{store_id}/navlinks", json=body)
    assert answer.status_code == 200, answer.text
    node: dict[str, Any] = answer.json()
    return node


async def address(api: ContractClient, tag: dict[str, Any]) -> tuple[str, str]:
    """The id of a new image of the tag, and the path to upload it to."""
    answer = await api.get(f"/v1/stores/{tag['store_id']}/tags/{tag['id']}/image-upload-url")
    assert answer.status_code == 200, answer.text
    given = answer.json()
    return given["id"], urlsplit(given["upload_url"]).path


async def finish(api: ContractClient, tag: dict[str, Any], image_id: str) -> httpx2.Response:
    """Make an uploaded image the tag's."""
    body = {"image_id": image_id}
    return await api.post(f"/v1/stores/{tag['store_id']}/tags/{tag['id']}/image-upload-finish", json=body)


async def image(api: ContractClient, tag: dict[str, Any]) -> str | None:
    """The path of the tag's image."""
    url: str | None = (await api.get(f"/v1/stores/{tag['store_id']}/tags/{tag['id']}")).json()["image_url"]
    return None if url is None else urlsplit(url).path


async def pictured(api: ContractClient, tag: dict[str, Any], content: bytes = PNG) -> str:
    """Give a tag an image; returns its path."""
    image_id, upload = await address(api, tag)
    assert (await api.put(upload, content=content)).status_code == 204
    assert (await finish(api, tag, image_id)).status_code == 204
    path = await image(api, tag)
    assert path is not None
    return path
