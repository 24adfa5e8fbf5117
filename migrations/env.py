"""How Alembic reaches the database 迁移环境: the connection or the address it is handed, or QIAOBAN_DATABASE_URL."""

import os
from pathlib import Path
from typing import Any

from alembic import context
from sqlalchemy import Connection

from server.store.engine import WRITING, make_engine
from server.store.tables import metadata

DEFAULT = "sqlite:///var/qiaoban.db"


def ours(thing: Any, name: str | None, type_: str, reflected: bool, compare_to: Any) -> bool:
    """Whether autogenerate should look at it: SQLite's index of words is no table that it understands."""
    on_sqlite = context.get_context().dialect.name == "sqlite"
    return not (on_sqlite and type_ == "table" and str(name).startswith("search"))


def migrate(connection: Connection) -> None:
    """Run the migrations on this connection, in one transaction."""
    context.configure(
        connection=connection, target_metadata=metadata, include_object=ours, transactional_ddl=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()


def run() -> None:
    """Migrate the database that the caller or the environment names."""
    given = context.config.attributes.get("connection")
    if given is not None:
        return migrate(given)
    url = context.config.attributes.get("url") or os.environ.get("QIAOBAN_DATABASE_URL", DEFAULT)
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(url)
    with engine.connect() as connection:
        migrate(connection.execution_options(**WRITING))
    engine.dispose()


run()
