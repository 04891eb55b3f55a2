"""What acts of violence need."""

from collections.abc import Iterator

import pytest

from tests.postgres import Cluster


@pytest.fixture
def durable_cluster() -> Iterator[Cluster]:
    """A PostgreSQL that syncs to disk and may be crashed."""
    running = Cluster(durable=True)
    running.start()
    yield running
    running.stop()
