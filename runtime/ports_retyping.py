"""What the world keeps of fields that changed their type 改类型的登记: how far each is, and every old value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

Json = Any


@dataclass(frozen=True)
class Retyping:
    """Fields of one form that a publish gave other types; `form` is "app.form".

    `fields` lists `{"before": …, "after": …}`, the fields' own JSON. `progress` is JSON of the one who converts.
    """

    id: str
    app: str
    form: str
    number: int
    at: datetime
    by: str
    language: str
    state: Literal["running", "done", "stopped"]
    fields: Sequence[Mapping[str, Json]]
    progress: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class RetypedValue:
    """What one record's field was and what it became; `lost` tells what did not convert, and why.

    `revision` is the record's own from which on it holds the new value.
    """

    retyping: str
    form: str
    record: str
    field: str
    before: Json
    after: Json
    state: str
    revision: int
    lost: Sequence[Mapping[str, Json]] = ()


class Retypings(Protocol):
    """Changes of types, and the values that went through them; a value is kept until its record is purged."""

    def open(self) -> Mapping[str, Retyping]:
        """Those that are not done, by form: at most one for each."""
        ...

    def add(self, retyping: Retyping) -> None:
        """Keep a new one."""
        ...

    def change(self, retyping: Retyping) -> None:
        """Keep how far it is; one that is over is open for nobody any more."""
        ...

    def get(self, id: str, *, lock: bool = False) -> Retyping | None:
        """One of them; `lock` holds it until the end of the transaction."""
        ...

    def of(self, app: str) -> list[Retyping]:
        """Those of an app, newest first."""
        ...

    def put(self, values: Sequence[RetypedValue]) -> None:
        """Keep values; one that is kept already stays as it is."""
        ...

    def mend(self, value: RetypedValue) -> None:
        """Say anew what became of a value that is kept already."""
        ...

    def marks(self, id: str, records: Sequence[str]) -> dict[tuple[str, str], RetypedValue]:
        """What these records have gone through in one retyping, by (record, field)."""
        ...

    def trail(self, form: str, records: Sequence[str]) -> list[RetypedValue]:
        """Everything that these records have gone through, the latest retyping first."""
        ...

    def lost(self, id: str, limit: int, after: str = "") -> list[RetypedValue]:
        """The values that did not convert, by record from behind the record `after` on."""
        ...
