"""Conditions on stores that the queries of other slices share."""

from typing import Any

from sqlalchemy import ColumnElement, exists, select

from sutler.stores.stores.models import Store


def is_open(store_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """The store of this column is not deleted: the credentials of one that is are worthless."""
    return exists(select(Store.c.id).where(Store.c.id == store_id, Store.c.deleted_at.is_(None)))
