"""${message}"""

<% body = upgrades or "pass" %>\
% if "sa." in body:
import sqlalchemy as sa
% endif
from alembic import op
% if "records." in body:

from sutler.kernel.data import records
% endif

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${body}
