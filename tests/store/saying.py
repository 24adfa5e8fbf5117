"""What a connection says to its database, whichever way it says it 数语句."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, event


@contextmanager
def counted(connection: Connection) -> Iterator[list[str]]:
    """The statements said within the block; the list is filled at its end."""
    said: list[str] = []
    if connection.dialect.name == "sqlite":
        event.listen(connection, "before_cursor_execute", lambda *given: said.append(given[2]))
        yield said
        return
    wire = connection.connection.dbapi_connection.pgconn  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder:
        traced = Path(folder) / "said"
        with traced.open("w") as file:
            wire.trace(file.fileno())
            yield said
            wire.untrace()
        said += [line for line in traced.read_text().splitlines() if "\tBind\t" in line or "\tQuery\t" in line]
