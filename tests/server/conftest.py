"""A site for each test, on SQLite, or on both databases where the database is the point."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.site import Person, Site, open_site
from tests.server.team import CREDENTIALS


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site on SQLite."""
    yield from _closing(open_site(tmp_path))


@pytest.fixture
def any_site(tmp_path: Path, database_url: str) -> Iterator[Site]:
    """A site on SQLite, and again on PostgreSQL."""
    yield from _closing(open_site(tmp_path, database_url))


def _closing(site: Site) -> Iterator[Site]:
    yield site
    for client in site.clients:
        client.close()
    site.wired.engine.dispose()


@pytest.fixture
def boss(site: Site) -> Person:
    """The visitor of a trial, who administers it."""
    return site.trial()


@pytest.fixture
def ann(site: Site) -> Person:
    """The administrator."""
    return site.owner()


@pytest.fixture
def bob(site: Site, ann: Person) -> Person:
    """A member who joined by invitation."""
    invite = ann.post("/api/invites", {}, 201)
    person = site.visitor()
    person.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept", {"name": "Bob", **CREDENTIALS}, 201)
    return person
