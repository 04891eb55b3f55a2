"""Images of tags: an address to upload to, the upload itself, and the image that browsers load."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from sutler import settings
from sutler.kernel import clock
from sutler.kernel.work.runner import Worker
from sutler.stores.files.models import File
from sutler.stores.files.service import LARGEST_IMAGE
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.tags import GIF, JPEG, PNG, WEBP, address, finish, image, made_tag, pictured


def kept() -> list[bytes]:
    """The content of all files that there are."""
    folder = Path(settings.settings().files_url.removeprefix("file:"))
    return [file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()]


@pytest.fixture
async def tag(api: ContractClient, store: SeededStore) -> dict[str, Any]:
    """A tag without an image."""
    return await made_tag(api, store.id)


@pytest.fixture
def anybody(client: ClientFactory) -> ContractClient:
    """A browser without credentials."""
    return client()


class TestUpload:
    @pytest.mark.parametrize(
        ("content", "ending", "kind"),
        [(PNG, "png", "image/png"), (JPEG, "jpg", "image/jpeg"), (GIF, "gif", "image/gif"), (WEBP, "webp", "image/webp")],
        ids=["png", "jpeg", "gif", "webp"],
    )
    async def test_becomes_the_image_of_the_tag(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any], content: bytes, ending: str, kind: str
    ) -> None:
        image_id, upload = await address(api, tag)

        sent = await anybody.put(upload, content=content, headers={"Origin": "https://shop.example"})
        finished = await finish(api, tag, image_id)

        assert (sent.status_code, sent.headers["access-control-allow-origin"], finished.status_code) == (204, "*", 204)
        path = await image(api, tag)
        assert path == f"/files/{tag['store_id']}/{image_id}.{ending}"
        shown = await anybody.get(path)
        assert (shown.status_code, shown.content, shown.headers["content-type"]) == (200, content, kind)
        assert shown.headers["x-content-type-options"] == "nosniff"
        assert "immutable" in shown.headers["cache-control"]
        assert "sandbox" in shown.headers["content-security-policy"]

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<html>" + PNG,
            b"RIFF\x40\x00\x00\x00WAVE" + PNG,
        ],
        ids=["nothing", "svg", "html", "sound"],
    )
    async def test_refuses_what_is_no_image(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any], content: bytes
    ) -> None:
        image_id, upload = await address(api, tag)

        answer = await anybody.post(upload, content=content, headers={"Content-Type": "image/png"})

        assert (answer.status_code, answer.json()["code"]) == (400, "NoImage")
        assert (await finish(api, tag, image_id)).status_code == 400
        assert kept() == []

    async def test_takes_an_image_of_the_largest_size_and_no_larger_one(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any]
    ) -> None:
        read = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal read
            while True:
                read += 65_536
                yield PNG + bytes(65_536 - len(PNG))

        _, upload = await address(api, tag)
        whole = PNG.ljust(LARGEST_IMAGE, b"\0")

        answers = [await anybody.put(upload, content=whole + b"\0"), await anybody.put(upload, content=endless())]

        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(413, "ImageTooLarge")] * 2
        assert read <= LARGEST_IMAGE + 2 * 65_536
        assert (await anybody.put(upload, content=whole)).status_code == 204

    async def test_needs_an_address_that_we_gave_and_that_is_not_over(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _, upload = await address(api, tag)
        changed = upload[:-9] + ("A" if upload[-9] != "A" else "B") + upload[-8:]
        monkeypatch.setattr("sutler.stores.files.service.TIME_TO_UPLOAD", timedelta(seconds=-1))
        _, over = await address(api, tag)

        answers = [await anybody.put(path, content=PNG) for path in (changed, over, "/uploads/é", "/uploads/x")]

        assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(403, "UploadExpired")] * 4
        assert kept() == []

    async def test_may_be_repeated_but_not_with_another_image(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any]
    ) -> None:
        _, upload = await address(api, tag)

        answers = await asyncio.gather(*(anybody.put(upload, content=PNG) for _ in range(3)))
        other = await anybody.put(upload, content=GIF)

        assert [answer.status_code for answer in answers] == [204] * 3
        assert (other.status_code, other.json()["code"]) == (409, "AlreadyUploaded")
        assert kept() == [PNG]

    async def test_works_again_once_files_can_be_kept_again(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any], tmp_path: Path
    ) -> None:
        blocked = tmp_path / "blocked"
        blocked.write_bytes(b"")
        settings.install(replace(settings.settings(), files_url=f"file:{blocked}"))
        image_id, upload = await address(api, tag)

        failed = await anybody.put(upload, content=PNG)
        unfinished = await finish(api, tag, image_id)
        blocked.unlink()
        again = await anybody.put(upload, content=PNG)
        finished = await finish(api, tag, image_id)

        assert (failed.status_code, failed.json()["code"]) == (503, "FilesUnavailable")
        assert [answer.status_code for answer in (unfinished, again, finished)] == [400, 204, 204]
        assert kept() == [PNG]

    async def test_may_come_from_a_page_on_any_site(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any]
    ) -> None:
        _, upload = await address(api, tag)

        answer = await anybody.options(upload, headers={"Access-Control-Request-Headers": "content-type"})

        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, "*")
        assert "PUT" in answer.headers["access-control-allow-methods"]

    async def test_is_removed_when_nobody_finishes_it(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any], inside: Inside, worker: Worker,
        store: SeededStore, monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        await pictured(api, tag)
        _, unfinished = await address(api, tag)
        await anybody.put(unfinished, content=GIF)
        assert len(kept()) == 2

        now = clock.real_now()
        monkeypatch.setattr(clock, "real_now", lambda: now + timedelta(days=2))
        await worker.drain()

        assert kept() == [PNG]
        async with inside(store.id) as context:
            assert [file.state for file in await context.all(context.rows(File))] == ["used"]


class TestFinish:
    async def test_may_be_said_again(self, api: ContractClient, tag: dict[str, Any]) -> None:
        path = await pictured(api, tag)
        image_id = path.rpartition("/")[2].removesuffix(".png")

        assert (await finish(api, tag, image_id)).status_code == 204
        assert await image(api, tag) == path

    async def test_replaces_the_image_before(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any], worker: Worker
    ) -> None:
        first = await pictured(api, tag)

        second = await pictured(api, tag, GIF)
        gone = (await anybody.get(first)).status_code
        await worker.drain()

        assert (gone, (await anybody.get(second)).content, kept()) == (404, GIF, [GIF])

    async def test_refuses_an_image_of_another_tag_or_none(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any], store: SeededStore
    ) -> None:
        another = await made_tag(api, store.id, "Crates")
        theirs, upload = await address(api, another)
        await anybody.put(upload, content=PNG)
        missing, _ = await address(api, tag)

        answers = [await finish(api, tag, image_id) for image_id in (theirs, missing, "", "x", "9" * 40)]

        assert [(one.status_code, one.json()["errors"][0]["path"]) for one in answers] == [(400, "image_id")] * 5
        assert await image(api, tag) is None


class TestDelete:
    async def test_takes_the_image_away(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any], worker: Worker
    ) -> None:
        path = await pictured(api, tag)
        here = f"/v1/stores/{tag['store_id']}/tags/{tag['id']}/image"

        answers = [await api.delete(here), await api.delete(here)]
        await worker.drain()

        assert [answer.status_code for answer in answers] == [204, 404]
        assert (await image(api, tag), (await anybody.get(path)).status_code, kept()) == (None, 404, [])

    async def test_comes_with_deleting_the_tag(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any], worker: Worker
    ) -> None:
        path = await pictured(api, tag)

        await api.delete(f"/v1/stores/{tag['store_id']}/tags/{tag['id']}")
        await worker.drain()

        assert ((await anybody.get(path)).status_code, kept()) == (404, [])


class TestDownload:
    async def test_knows_only_images_in_use_under_their_full_name(
        self, api: ContractClient, anybody: ContractClient, tag: dict[str, Any], other: SeededStore
    ) -> None:
        path = await pictured(api, tag)
        unfinished, upload = await address(api, tag)
        await anybody.put(upload, content=PNG)
        folder, _, name = path.rpartition("/")
        wrong = [
            f"{folder}/{unfinished}.png", path.removesuffix("png") + "gif", path.removesuffix("png") + "html",
            path.removesuffix(".png"), f"/files/{other.id}/{name}", f"{folder}/..%2f..%2fsecret.key",
            f"{folder}/%2e%2e/%2e%2e/secret.key", f"/files/..%2f{name}/{name}", f"/files/0/{name}",
        ]  # fmt: skip

        assert [(await anybody.get(one)).status_code for one in wrong] == [404] * len(wrong)
        assert (await anybody.head(path)).status_code == 200
