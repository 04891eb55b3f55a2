"""What the demo sells: its tags, what buyers are asked, and its products, each as one line of a table."""

from typing import Final, NamedTuple

from sutler.demo.pictures import Colour, Shape

TAGS: Final = {"Ranks": (58, 92, 140), "Kits": (46, 125, 90), "Crates": (150, 96, 40), "Extras": (120, 60, 120)}
"""The tags with the colour of their pictures."""

INK: Final[Colour] = (246, 238, 214)
NIGHT: Final[Colour] = (24, 28, 36)


class Ware(NamedTuple):
    """A product; the price is in cents. `command` runs on purchase; `days` is how long a unit lasts, if not for ever.

    One with a command `renewed` is sold by the week; `ended` runs when nobody pays for it any more.
    """

    name: str
    tag: str
    price: int
    shape: Shape
    text: str
    command: str
    days: int | None = None
    each: int | None = None  # how many a customer may buy in a month
    variable: str | None = None
    renewed: str | None = None
    ended: str | None = None


SHELF: Final = (
    Ware("VIP", "Ranks", 999, "shield", "A place in the queue, a coloured name and a kit each day.",
         "oxide.usergroup add {customer.steam.id} vip"),
    Ware("Starter kit", "Kits", 0, "crate", "Wood for a first hut. One for everybody, and it costs nothing.",
         "inventory.giveto {customer.steam.id} wood 1000", each=1),
    Ware("MVP", "Ranks", 1999, "shield", "All of VIP, twice the homes, and a pet.",
         "oxide.usergroup add {customer.steam.id} mvp"),
    Ware("Legend for a month", "Ranks", 2999, "diamond", "Everything there is, for thirty days.",
         "oxide.usergroup add {customer.steam.id} legend", days=30),
    Ware("Stone bundle", "Kits", 299, "crate", "Five thousand stones, delivered to where you stand.",
         "inventory.giveto {customer.steam.id} stones 5000"),
    Ware("Builder's kit", "Kits", 499, "bars", "A hammer, a plan, and enough metal for a tower.",
         "kit give {customer.steam.id} builder"),
    Ware("Hunter's kit", "Kits", 499, "disc", "A bow, arrows and a torch for the night.",
         "kit give {customer.steam.id} hunter"),
    Ware("Wooden crate", "Crates", 199, "crate", "Something useful is in it.",
         "crate give {customer.steam.id} wooden"),
    Ware("Iron crate", "Crates", 399, "crate", "Something rare may be in it.",
         "crate give {customer.steam.id} iron"),
    Ware("Golden crate", "Crates", 899, "diamond", "Something rare is in it. Ten a month for each customer.",
         "crate give {customer.steam.id} golden", each=10),
    Ware("Name colour", "Extras", 249, "disc", "Your name in the chat, in the colour that you choose.",
         "namecolor {customer.steam.id} {colour}", variable="colour"),
    Ware("Week of double experience", "Extras", 699, "bars", "Twice the experience for seven days.",
         "boost give {customer.steam.id} double", days=7),
    Ware("Patron", "Ranks", 349, "diamond", "A star by your name, and a crate with every week. It keeps the lights on.",
         "oxide.usergroup add {customer.steam.id} patron", renewed="crate give {customer.steam.id} patron",
         ended="oxide.usergroup remove {customer.steam.id} patron"),
)  # fmt: skip
"""The first one is what the walk through the README buys."""
