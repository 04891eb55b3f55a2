"""For whom the lines of a checkout are and where they go, as the page says it."""

from collections.abc import Mapping, Sequence

from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.customers.customers.models import Customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.service import game_servers
from sutler.stores.stores.models import Store


async def places(
    store: StoreContext, seller: Store, checkout: Checkout, lines: Sequence[CheckoutLine]
) -> dict[FlakeId, str]:
    """By line: whose account gets it, and the game server that was chosen, such as `Gift for Bob (Steam) · on Arena`.

    Of somebody with several accounts it is the one of the store's platform. Lines of which there is nothing to say are left
    out.
    """
    involved = sorted({checkout.customer_id, *(line.gift_to_customer_id for line in lines if line.gift_to_customer_id)})
    found = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, involved)))
    people = {one.id: account for one in found if (account := _account(one, seller.platform))}
    picked = [line.selected_gameserver_id for line in lines if line.selected_gameserver_id]
    servers = {id: one.name for id, one in (await game_servers(store, picked, deleted=True)).items()}
    return {line.id: said for line in lines if (said := _said(line, people.get(checkout.customer_id, ""), people, servers))}


def _account(one: Customer, at_home: str) -> str:
    """A customer as they know themselves, with the platform where they have that name; nothing for one without any."""
    known = (
        ("Steam", one.steam_id, one.steam_name),
        ("Minecraft", one.minecraft_uuid, one.minecraft_name),
        ("Xbox", one.xbox_xuid, None),
    )
    for platform, id, name in sorted(known, key=lambda account: account[0].lower() not in at_home):
        if id:
            return f"{name or one.name or id} ({platform})"
    return one.name or ""


def _said(line: CheckoutLine, buyer: str, people: Mapping[FlakeId, str], servers: Mapping[FlakeId, str]) -> str:
    gift, server = line.gift_to_customer_id, servers.get(line.selected_gameserver_id or "")
    said = f"Gift for {people.get(gift, gift)}" if gift else f"For {buyer}" * bool(buyer)
    return " · ".join([said] * bool(said) + [f"on {server}"] * bool(server))
