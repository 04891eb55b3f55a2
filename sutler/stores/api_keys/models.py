"""The table of API keys. Only a digest of each token is kept."""

from datetime import datetime

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict

ALL = "*"  # in a key's permissions: every permission there is


class ApiKey(StoreRecord, table="api_keys"):
    """Automates one store. Tokens are long and random, so their digest needs no salt."""

    name: str
    hint: str  # the first characters of the token, to recognise it by
    token_digest: bytes
    permissions: list[str]
    expires_at: datetime | None = None
    previous_digest: bytes | None = None  # of the token before the last rotation
    previous_until: datetime | None = None  # when that one stops working
    last_used_at: datetime | None = None  # to the minute or so
    revoked_at: datetime | None = None


class ApiKeyExists(Conflict):
    """This API key already exists."""


unique(ApiKeyExists, ApiKey.c.token_digest, name="api_keys_digest")
unique(ApiKeyExists, ApiKey.c.previous_digest, name="api_keys_previous_digest")
