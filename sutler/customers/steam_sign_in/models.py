"""The table of answers of Steam that have been used."""

from datetime import datetime

from sqlalchemy import Index

from sutler.kernel.data.records import Record
from sutler.kernel.errors import Conflict


class SteamNonce(Record, table="steam_nonces"):
    """One use of an answer of Steam, kept for as long as the answer would be believed."""

    digest: bytes
    expires_at: datetime


class SteamNonceExists(Conflict):
    """This answer of Steam has been used already."""


Index("steam_nonces_digest", SteamNonce.c.digest, unique=True, info={"error": SteamNonceExists})
Index("steam_nonces_expired", SteamNonce.c.expires_at)
