"""The statements that recognise API keys and remember their use, in whichever store they are."""

from typing import Final

from sqlalchemy import and_, or_, select, update

from sutler.kernel.data.queries import Statement, param
from sutler.stores.api_keys.models import ApiKey
from sutler.stores.stores.queries import is_open

_DIGEST: Final = param("digest", type_=ApiKey.c.token_digest.type)
_NOW: Final = param("now", type_=ApiKey.c.expires_at.type)
VALID: Final = Statement(
    select(ApiKey.table).where(
        or_(ApiKey.c.token_digest == _DIGEST, and_(ApiKey.c.previous_digest == _DIGEST, ApiKey.c.previous_until > _NOW)),
        ApiKey.c.revoked_at.is_(None),
        or_(ApiKey.c.expires_at.is_(None), ApiKey.c.expires_at > _NOW),
        is_open(ApiKey.c.store_id),
    )
)
_MOMENT: Final = param("moment", type_=ApiKey.c.last_used_at.type)
USED: Final = Statement(
    update(ApiKey.table)
    .where(
        ApiKey.c.id == param("key_id", type_=ApiKey.c.id.type),
        or_(ApiKey.c.last_used_at.is_(None), ApiKey.c.last_used_at < _MOMENT),
    )
    .values(last_used_at=_MOMENT)
)
