"""What every test may ask for: a database of each kind, and a world that no setting of the machine disturbs."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import empty_postgres_url, postgres, postgres_url

__all__ = ["empty_postgres_url", "postgres", "postgres_url"]

# A slow machine is not a wrong answer, and a failure found in CI is found again at home.
settings.register_profile("qiaoban", deadline=None, derandomize=True)
settings.load_profile("qiaoban")

KEPT = ("QIAOBAN_TEST_", "QIAOBAN_CHROMIUM")
ON_POSTGRES = pytest.param("postgresql", marks=pytest.mark.postgres)


@pytest.fixture(autouse=True, scope="session")
def no_settings_of_the_machine() -> None:
    """Forgets the QIAOBAN_ settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("QIAOBAN_") and not name.startswith(KEPT)]:
        del os.environ[name]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an empty SQLite database for one test."""
    return f"sqlite:///{tmp_path / 'qiaoban.sqlite'}"


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database: the test runs once on SQLite and once on PostgreSQL."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "empty_postgres_url"))
