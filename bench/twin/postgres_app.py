"""The twin on PostgreSQL: `async def` endpoints and asynchronous sessions on asyncpg."""

# ruff: noqa: FAST003 - the dependency behind `store` takes the store's id from the path

import os
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from bench.twin.models import Customer
from bench.twin.schemas import CustomerOut, Limit, NewCustomer, StoreId

engine = create_async_engine(
    os.environ["BENCH_POSTGRES"].replace("postgresql://", "postgresql+asyncpg://"), pool_size=16, max_overflow=0
)
app = FastAPI()


async def opened() -> AsyncIterator[AsyncSession]:
    """One session for each request."""
    async with AsyncSession(engine, expire_on_commit=False) as session:
        yield session


Db = Annotated[AsyncSession, Depends(opened)]


@app.get("/v1/stores/{store_id}/customers/{customer_id}", response_model=CustomerOut)
async def get_customer(store: StoreId, customer_id: int, db: Db) -> Customer:
    """One customer."""
    found = (await db.scalars(select(Customer).where(Customer.id == customer_id, Customer.store_id == store))).first()
    if found is None:
        raise HTTPException(404)
    return found


@app.get("/v1/stores/{store_id}/customers", response_model=list[CustomerOut])
async def list_customers(store: StoreId, db: Db, limit: Limit = 100) -> list[Customer]:
    """The newest customers."""
    newest = select(Customer).where(Customer.store_id == store).order_by(Customer.id.desc()).limit(limit)
    return list(await db.scalars(newest))


@app.post("/v1/stores/{store_id}/customers", response_model=CustomerOut)
async def create_customer(store: StoreId, new: NewCustomer, db: Db) -> Customer:
    """Keep a customer."""
    customer = new.row(store)
    db.add(customer)
    await db.commit()
    return customer
