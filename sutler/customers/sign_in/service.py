"""Taking a visitor's word for who they are, where the platform has no identity that could be proven."""

from typing import Final

from sqlalchemy import ColumnElement, or_

from sutler.customers.customers.models import Customer
from sutler.customers.customers.queries import LOOKUPS, OLDEST
from sutler.customers.customers.schemas import PlatformAccount, UpsertCustomerRequestDto
from sutler.customers.customers.service import as_player, create_token, customer_from, may_play
from sutler.customers.sign_in.schemas import CustomerProfilePlatform
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.errors import FieldError, Forbidden, InvalidInput
from sutler.stores.stores.models import MINECRAFT_PLATFORMS, Store
from sutler.stores.stores.service import current

TAKEN_ON_TRUST: Final = ("minecraft", "minecraft_java_name", "minecraft_bedrock_name", "minecraft_uuid", "xbox_xuid")
UNIQUE: Final = ("minecraft_uuid", "xbox_xuid")


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
    customer = await _found_or_made(store, shop, _described(shop, platform, id))
    if customer.steam_id is not None:
        raise Forbidden("This customer has a Steam account and signs in with it.")
    return await create_token(store, customer.id)


def _described(shop: Store, platform: CustomerProfilePlatform, id: str) -> Customer:
    account = PlatformAccount(platform=platform, identifier=id)
    try:
        described = customer_from(UpsertCustomerRequestDto(platform_accounts=[account]))
    except InvalidInput as error:
        problems = [FieldError(one.code, one.message, "id", one.validation) for one in error.errors or ()]
        raise InvalidInput(str(error), problems) from None
    return as_player(described, shop) if may_play(described) else described


async def _found_or_made(store: StoreContext, shop: Store, described: Customer) -> Customer:
    """Of several who sign in as one new player at once the first makes the customer, and the others find it."""
    them = store.rows(Customer).where(_is(described))
    found = await store.page(them, OLDEST)
    if not found:
        await store.first(by_id(Store), id=shop.id)  # locks the store: a name alone has no index that lets only one in
        found = await store.page(them, OLDEST)
    return found[0] if found else await store.add(described)


def _is(described: Customer) -> ColumnElement[bool]:
    """Somebody is the player: by what only they can have, else by their name."""
    same = [Customer.c[name] == getattr(described, name) for name in UNIQUE if getattr(described, name)]
    if same:
        return or_(*same)
    edition = "minecraft_bedrock_name" if described.minecraft_platform == "bedrock" else "minecraft_java_name"
    return LOOKUPS[edition](described.minecraft_name or "")
