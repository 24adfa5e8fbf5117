"""What is being written, and how 录入中的数据: what `entry` settles, and those who help it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from builder.access import Grant
from builder.field import Json
from builder.problem import Problem
from runtime.gate import Gate
from runtime.live import LiveForm
from runtime.ports import Record, StoredFile


@dataclass
class Entry:
    """One record being written: what was sent, what it becomes, what is wrong with it."""

    id: str
    sent: Mapping[str, Json]
    before: Record | None = None
    values: dict[str, Json] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Revised:
    """A settled entry that replaces its record, for who writes it."""

    gate: Gate
    entry: Entry
    record: Record


@dataclass(frozen=True)
class Writing:
    """How records are written: `grant` says which fields; a `draft` may miss required values; `trusted` skips both.

    `claiming` says that the one entry is inserted next; `dry` draws no numbers; `seen` carries unique values over
    several calls, (field, value) → record id; `expected` are records that are about to be added, which may be named.
    """

    gate: Gate
    live: LiveForm
    grant: Grant
    draft: bool = False
    trusted: bool = False
    extra_fields: frozenset[str] = frozenset()
    claiming: bool = False
    dry: bool = False
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    expected: Collection[str] = frozenset()
    numbers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By record the serial numbers that it shall have, instead of the next ones."""
    brought: Mapping[str, StoredFile] = field(default_factory=dict)
    """Files that came with the rows and are about to be added."""

    @property
    def opened(self) -> frozenset[str]:
        """The fields that a task opens, whole or some of their columns."""
        return frozenset(path.partition(".")[0] for path in self.extra_fields)
