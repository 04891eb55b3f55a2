"""Removing files that nobody needs: replaced, or uploaded and never put to use."""

from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.outside.files import files_at
from sutler.kernel.work.jobs import outside_job
from sutler.settings import settings
from sutler.stores.files.models import File


@outside_job
async def remove_file(shop: Shop, *, file_id: FlakeId) -> None:
    """Remove a file, first its content and then its row, unless it is in use."""
    async with shop.writing() as store:
        dropped = await store.change_all(by_id(File).where(File.c.state != "used"), {"state": "dropped"}, id=file_id)
    for file in dropped:
        await files_at(settings().files_url).remove(file.key)
        async with shop.writing() as store:
            await store.remove(file)


async def drop(store: StoreContext, file_id: FlakeId) -> None:
    """Use a file no longer: from the end of this transaction on it is not served, and soon it is gone."""
    await store.change_all(by_id(File), {"state": "dropped"}, id=file_id)
    await remove_file.enqueue(store, file_id=file_id)
