"""The customer as an ORM class over the same table."""

import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Integer, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

Id = BigInteger().with_variant(Integer(), "sqlite")
JsonText = JSON().with_variant(JSONB(), "postgresql")


class Moment(TypeDecorator[datetime]):
    """UTC; ISO text on SQLite, as the table has it."""

    impl, cache_ok = DateTime(timezone=True), True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type of one engine."""
        return Text() if dialect.name == "sqlite" else DateTime(timezone=True)

    def bind_processor(self, dialect: Dialect) -> Any:
        """To the driver."""
        return (lambda moment: moment and moment.isoformat(timespec="microseconds")) if dialect.name == "sqlite" else None

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """From the driver."""
        return (lambda text: text and datetime.fromisoformat(text)) if dialect.name == "sqlite" else None


class Ids:
    """Ids that grow with time."""

    last = 0

    @classmethod
    def next(cls) -> int:
        """The next one."""
        cls.last = max(cls.last + 1, (time.time_ns() // 1_000_000 - 1_645_568_542_000) << 22)
        return cls.last


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """All ORM classes."""


class Customer(Base):
    """A customer."""

    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False, default=Ids.next)
    store_id: Mapped[int] = mapped_column(Id)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    created_by: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    updated_at: Mapped[datetime | None] = mapped_column(Moment)
    updated_by: Mapped[dict[str, Any] | None] = mapped_column(JsonText)
    steam_id: Mapped[str | None]
    steam_name: Mapped[str | None]
    steam_avatar_url: Mapped[str | None]
    minecraft_uuid: Mapped[str | None]
    minecraft_name: Mapped[str | None]
    minecraft_avatar_url: Mapped[str | None]
    minecraft_platform: Mapped[str | None]
    xbox_xuid: Mapped[str | None]
    name: Mapped[str | None]
    email: Mapped[str | None]
    metadata_: Mapped[dict[str, str]] = mapped_column("metadata", JsonText)

    @property
    def steam(self) -> dict[str, str] | None:
        """The Steam profile."""
        return game(self.steam_id, self.steam_name, self.steam_avatar_url)

    @property
    def minecraft(self) -> dict[str, str] | None:
        """The Minecraft profile."""
        return game(self.minecraft_uuid, self.minecraft_name, self.minecraft_avatar_url)

    @property
    def profile(self) -> dict[str, str | None] | None:
        """The identity that the customer uses."""
        if self.steam_id:
            name = self.steam_name or self.name or ""
            return {"id": self.steam_id, "platform": "steam", "name": name, "avatar_url": self.steam_avatar_url}
        if self.minecraft_uuid:
            name = self.minecraft_name or self.name or ""
            return {
                "id": self.minecraft_uuid,
                "platform": "minecraft",
                "name": name,
                "avatar_url": self.minecraft_avatar_url,
            }
        return None


def game(id: str | None, name: str | None, avatar_url: str | None) -> dict[str, str] | None:
    """A player of one game."""
    return {"id": id, "name": name or "", "avatar_url": avatar_url or ""} if id else None
