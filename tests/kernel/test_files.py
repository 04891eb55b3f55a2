"""Files in a folder and in a bucket: what is kept is read back, and what fails is said to fail."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from sutler import settings
from sutler.kernel.outside.files import Files, FilesUnavailable


@asynccontextmanager
async def bucket() -> AsyncIterator[str]:
    """As much of S3 as is asked of it; answers its address."""
    objects: dict[str, bytes] = {}

    async def answer(request: web.Request) -> web.Response:
        if not request.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 Credential=someone/"):
            return web.Response(status=403)
        if request.method == "PUT":
            objects[request.path] = await request.read()
            return web.Response(headers={"ETag": '"1"'})
        if request.method == "DELETE":
            objects.pop(request.path, None)
            return web.Response(status=204)
        if request.path not in objects:
            return web.Response(status=404)
        headers = {"ETag": '"1"', "Last-Modified": "Sat, 21 Nov 2026 12:00:00 GMT"}
        return web.Response(body=objects[request.path], headers=headers)

    app = web.Application()
    app.router.add_route("*", "/{key:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield site.name
    finally:
        await runner.cleanup()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """What the environment says about a bucket."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "someone")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_REGION", "anywhere")
    return monkeypatch


async def is_kept(files: Files) -> None:
    """Walks through the life of a file."""
    assert await files.get("1/2.png") is None
    await files.put("1/2.png", b"one")
    await files.put("1/2.png", b"two" * 1000)
    assert await files.get("1/2.png") == b"two" * 1000
    await files.remove("1/2.png")
    await files.remove("1/2.png")
    assert await files.get("1/2.png") is None


class TestFolder:
    async def test_keeps_files(self, tmp_path: Path) -> None:
        await is_kept(Files(f"file:{tmp_path}/made/when/needed"))

    async def test_is_never_left(self, tmp_path: Path) -> None:
        files = Files(f"file:{tmp_path}/files")

        with pytest.raises(ValueError, match=r"\.\."):
            await files.put("../secret.key", b"")

        assert not (tmp_path / "secret.key").exists()

    async def test_says_when_it_cannot_be_used(self, tmp_path: Path) -> None:
        (tmp_path / "taken").write_bytes(b"")
        files = Files(f"file:{tmp_path}/taken")

        for attempt in (files.put("1/2.png", b"x"), files.get("1/2.png"), files.remove("1/2.png")):
            with pytest.raises(FilesUnavailable):
                await attempt


class TestBucket:
    async def test_keeps_files(self, credentials: pytest.MonkeyPatch) -> None:
        async with bucket() as address:
            credentials.setenv("AWS_ENDPOINT", address)

            await is_kept(Files("s3://shop/files"))

    async def test_says_when_it_cannot_be_used(self, credentials: pytest.MonkeyPatch) -> None:
        async with bucket() as address:
            credentials.setenv("AWS_ENDPOINT", address)
            credentials.setenv("AWS_ACCESS_KEY_ID", "somebody-else")
            files = Files("s3://shop/files")

            outcomes = await asyncio.gather(
                files.put("1/2.png", b"x"), files.get("1/2.png"), files.remove("1/2.png"), return_exceptions=True
            )

        assert [type(outcome) for outcome in outcomes] == [FilesUnavailable] * 3


class TestSetting:
    @pytest.mark.parametrize(
        ("value", "url"), [("", "file:/srv/shop/files"), ("file:{data}/x", "file:/srv/shop/x"), ("s3://b/f", "s3://b/f")]
    )
    def test_names_a_folder_or_a_bucket(self, value: str, url: str) -> None:
        assert settings.read({"SUTLER_DATA": "/srv/shop", "SUTLER_FILES_URL": value}).files_url == url

    @pytest.mark.parametrize("value", ["files", "https://example.org", "s3://", "file:"])
    def test_names_nothing_else(self, value: str) -> None:
        with pytest.raises(settings.BadSetting, match="SUTLER_FILES_URL"):
            settings.read({"SUTLER_FILES_URL": value})
