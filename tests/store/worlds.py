"""The same world three times: in memory, on SQLite, on PostgreSQL (存储契约)."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import Engine

from runtime.memory import Memory, MemoryClock, MemoryIds
from runtime.ports import Column, Order, Record, World
from server.store.caches import Caches
from server.store.collation import sort_key
from server.store.identity import Workspace, add_workspace
from server.store.tokens import hits
from server.store.world import world
from server.transaction import transaction

AT = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FORM = "crm.customer"
NUMBERS = count(1)


@dataclass
class Store:
    """Workspaces to be had, each in a transaction."""

    engine: Engine | None = None
    caches: Caches = field(default_factory=Caches)
    clock: MemoryClock = field(default_factory=MemoryClock)
    ids: MemoryIds = field(default_factory=MemoryIds)
    memories: dict[str, Memory] = field(default_factory=dict)

    def workspace(self) -> str:
        """A new, empty workspace."""
        name = f"w{os.getpid()}x{next(NUMBERS)}"
        if self.engine is None:
            self.memories[name] = Memory(sort_key=sort_key, hits=hits)
        else:
            with transaction(self.engine) as connection:
                add_workspace(connection, Workspace(name, "W", "Asia/Shanghai", "zh-CN", None, AT, "", 0, 0))
        return name

    @contextmanager
    def world(self, workspace: str) -> Iterator[World]:
        """The world of a workspace, kept at the end."""
        if self.engine is None:
            yield self.memories[workspace].world()
        else:
            with transaction(self.engine) as connection:
                yield world(connection, workspace, self.caches, self.clock, self.ids)


def make(id: str, values: Mapping[str, Any], form: str = FORM, **more: Any) -> Record:
    """A record as the record engine would hand it over."""
    known = {"revision": 1, "status": "", "created_at": AT, "created_by": "ann", "updated_at": AT, "updated_by": "ann"}
    return Record(form, id, values, **{**known, **more})


def columns(kinds: Mapping[str, str]) -> dict[str, Column]:
    """How to read fields of these kinds."""
    return {name: Column(kind) for name, kind in kinds.items()}


def order(field: str, direction: str = "asc", ranks: tuple[str, ...] = ()) -> Order:
    """An order as case files spell it."""
    return Order(field, direction == "desc", tuple(ranks))
