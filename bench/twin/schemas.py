"""What the twin sends and receives, and who may call it."""

import os
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Header, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from bench.twin.models import Customer

LeftOut = Field(exclude_if=lambda value: value is None)


class Profile(BaseModel):
    """A player on a platform."""

    id: str
    platform: str
    name: str
    avatar_url: str | None


class Game(BaseModel):
    """A player of one game."""

    id: str
    name: str
    avatar_url: str


class CustomerOut(BaseModel):
    """A customer on the wire, read from the ORM object's attributes."""

    model_config = ConfigDict(from_attributes=True, coerce_numbers_to_str=True)

    id: str
    store_id: str
    minecraft_uuid: str | None
    xbox_xuid: str | None
    name: str | None
    created_at: datetime
    updated_at: datetime | None
    metadata: dict[str, str] = Field(validation_alias="metadata_")
    profile: Annotated[Profile | None, LeftOut]
    steam_id: Annotated[str | None, LeftOut]
    steam: Annotated[Game | None, LeftOut]
    minecraft: Annotated[Game | None, LeftOut]
    minecraft_platform: Annotated[str | None, LeftOut]


class NewCustomer(BaseModel):
    """The body of a create."""

    steam_id: Annotated[str, Field(pattern=r"^[0-9]{1,20}$")] | None = None
    minecraft_uuid: str | None = None
    minecraft_platform: str | None = None
    xbox_xuid: str | None = None
    name: Annotated[str, Field(min_length=1, max_length=50)] | None = None
    metadata: Annotated[dict[str, str], Field(max_length=50)] = {}

    def row(self, store_id: int) -> Customer:
        """The row to keep."""
        fields = self.model_dump(exclude={"metadata"})
        return Customer(store_id=store_id, created_by={"type": "api_key", "id": "1"}, metadata_=self.metadata, **fields)


KEYS = {os.environ.get("BENCH_AUTHORIZATION", ""): int(os.environ.get("BENCH_STORE", "0"))}


async def store(store_id: int, authorization: Annotated[str, Header()]) -> int:
    """The store in the path, if the key opens it."""
    if KEYS.get(authorization) != store_id:
        raise HTTPException(403)
    return store_id


StoreId = Annotated[int, Depends(store)]
Limit = Annotated[int, Field(ge=1, le=100)]
