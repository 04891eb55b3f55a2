"""The twin on SQLite: `def` endpoints, which FastAPI runs in threads, and synchronous sessions."""

# ruff: noqa: FAST003 - the dependency behind `store` takes the store's id from the path

import os
from collections.abc import Iterator
from threading import Lock
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import Session

from bench.twin.models import Customer
from bench.twin.schemas import CustomerOut, Limit, NewCustomer, StoreId

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-65536", "mmap_size=1073741824")
engine = create_engine(f"sqlite:///{os.environ['BENCH_SQLITE']}", connect_args={"timeout": 30})
app = FastAPI()
ONE_WRITER = Lock()  # waiting in line is half as fast again as SQLite's own trying and sleeping, so the twin gets it


@event.listens_for(engine, "connect")
def prepare(connection: Any, _: object) -> None:
    """The same settings as everyone else's."""
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def opened() -> Iterator[Session]:
    """One session for each request."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


Db = Annotated[Session, Depends(opened)]


@app.get("/v1/stores/{store_id}/customers/{customer_id}", response_model=CustomerOut)
def get_customer(store: StoreId, customer_id: int, db: Db) -> Customer:
    """One customer."""
    found = db.scalars(select(Customer).where(Customer.id == customer_id, Customer.store_id == store)).first()
    if found is None:
        raise HTTPException(404)
    return found


@app.get("/v1/stores/{store_id}/customers", response_model=list[CustomerOut])
def list_customers(store: StoreId, db: Db, limit: Limit = 100) -> list[Customer]:
    """The newest customers."""
    return list(db.scalars(select(Customer).where(Customer.store_id == store).order_by(Customer.id.desc()).limit(limit)))


@app.post("/v1/stores/{store_id}/customers", response_model=CustomerOut)
def create_customer(store: StoreId, new: NewCustomer, db: Db) -> Customer:
    """Keep a customer."""
    customer = new.row(store)
    db.add(customer)
    with ONE_WRITER:
        db.commit()
    return customer
