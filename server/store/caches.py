"""What a process remembers between requests 缓存: by revision or by hash, so nothing in it goes stale."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Revisions:
    """Which directory and which definitions of a workspace are current, as `identify` found them."""

    directory: int
    definitions: int


class Recent(Generic[Kept]):
    """The most recently used things by key."""

    def __init__(self, most: int) -> None:
        self.most, self.things = most, OrderedDict[Hashable, Kept]()
        self.lock = threading.Lock()

    def get(self, key: Hashable) -> Kept | None:
        """The thing, if it is remembered."""
        with self.lock:
            if key not in self.things:
                return None
            self.things.move_to_end(key)
            return self.things[key]

    def put(self, key: Hashable, thing: Kept) -> None:
        """Remember it, and forget the one used longest ago."""
        with self.lock:
            self.things[key] = thing
            self.things.move_to_end(key)
            if len(self.things) > self.most:
                self.things.popitem(last=False)


@dataclass
class Caches:
    """One for each process. `blobs` are keyed by (scope, hash), the others by (workspace, revision)."""

    companies: Recent[Any] = field(default_factory=lambda: Recent(500))
    heads: Recent[Any] = field(default_factory=lambda: Recent(500))
    blobs: Recent[Any] = field(default_factory=lambda: Recent(1000))
    claimed: Recent[bool] = field(default_factory=lambda: Recent(5000))
    """By (workspace, definitions, form, field): whether every live record's value stands in `unique_value`."""
    retypings: Recent[Any] = field(default_factory=lambda: Recent(2000))
    """By (workspace, definitions): the fields that are changing their type."""
