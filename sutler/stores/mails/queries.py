"""How mails look, as text and as HTML, and forgetting old ones."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from jinja2 import Environment, StrictUndefined, Template
from sqlalchemy import delete, literal_column

from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement, param
from sutler.kernel.ids import first_id_at
from sutler.kernel.secrets import sealer
from sutler.stores.mails.models import Mail, Text, text_context
from sutler.stores.stores.models import Store

HIDDEN: Final = "••••••"
KEPT: Final = timedelta(days=90)
FORGET: Final = Statement(
    delete(Mail.table).where(Mail.c.id < param("before", type_=Mail.c.id.type), Mail.c.state != literal_column("'waiting'"))
)


async def forget_old_mails(database: Database) -> None:
    """Drop mails of three months ago; nothing that they were written for happens again."""
    async with database.writing() as connection:
        await FORGET.run(connection, before=first_id_at(clock.real_now() - KEPT))


def told(mail: Mail) -> Text:
    """What a mail says."""
    return msgspec.json.decode(sealer().open(mail.text_sealed, text_context(mail.id)), type=Text)


def as_text(text: Text, seller: Store, *, codes: bool = True) -> str:
    """The mail in plain words; without its codes for those who are not their recipients."""
    facts = [*text.facts, *((label, code if codes else HIDDEN) for label, code in text.codes)]
    parts = [*text.paragraphs, "\n".join(f"{label}: {value}" for label, value in facts)]
    if text.link:
        parts.append(f"{text.link[0]}: {text.link[1]}")
    return "\n\n".join(part for part in [*parts, *text.ending, signature(seller)] if part) + "\n"


def as_html(text: Text, seller: Store) -> str:
    """The same as a page without pictures or scripts; nothing in a name is ever markup."""
    return _template().render(text=text, signature=signature(seller), seller=seller)


def signature(seller: Store) -> str:
    """Who writes, and where to ask."""
    ask = seller.support_email or seller.contact_email
    return f"{seller.name}\nQuestions: {ask}" if ask else seller.name


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((Path(__file__).parent / "mail.html").read_text())
