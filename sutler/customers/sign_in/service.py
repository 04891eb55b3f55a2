"""Taking a visitor's word for who they are, where the platform has no identity that could be proven."""

from typing import Final

from sutler.customers.customers.models import Customer
from sutler.customers.customers.service import create_token
from sutler.customers.players.service import described, found_or_made
from sutler.customers.sign_in.schemas import CustomerProfilePlatform
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, Forbidden, InvalidInput
from sutler.stores.stores.models import MINECRAFT_PLATFORMS, Store
from sutler.stores.stores.service import current

TAKEN_ON_TRUST: Final = ("minecraft", "minecraft_java_name", "minecraft_bedrock_name", "minecraft_uuid", "xbox_xuid")


async def sign_in(store: StoreContext, platform: CustomerProfilePlatform, id: str) -> str:
    """A token for the player with this name or id, who becomes a customer the first time.

    NotFound for an unknown store. Forbidden where identities can be proven: on stores of other platforms, and for a
    customer with a Steam account. InvalidInput for a platform or an id that a player of Minecraft cannot have.
    """
    shop = await current(store)
    if shop.platform not in MINECRAFT_PLATFORMS:
        text = f"Customers of this store prove who they are with {shop.platform.title()}: sign them in there, and make "
        raise Forbidden(text + "their token with an API key.")
    if platform not in TAKEN_ON_TRUST:
        text = f"The platform must be one of {', '.join(TAKEN_ON_TRUST)}."
        raise InvalidInput(text, [FieldError("InvalidPlatform", text, "platform", "enum")])
    customer = await found_or_made(store, _described(shop, platform, id))
    if customer.steam_id is not None:
        raise Forbidden("This customer has a Steam account and signs in with it.")
    return await create_token(store, customer.id)


def _described(shop: Store, platform: CustomerProfilePlatform, id: str) -> Customer:
    try:
        return described(shop, platform, id)
    except InvalidInput as error:
        problems = [FieldError(one.code, one.message, "id", one.validation) for one in error.errors or ()]
        raise InvalidInput(str(error), problems) from None
