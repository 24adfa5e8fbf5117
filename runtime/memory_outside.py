"""Timers, notices and preferences kept in dicts 内存中的定时与消息: three ports of `runtime.ports`."""

import copy
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from runtime.ports import Json, Notice, Timer


class MemoryTimers:
    """What is waited for."""

    def __init__(self) -> None:
        self.timers: dict[tuple[str, str, str], Timer] = {}
        self.held: set[str] = set()

    def start(self, timers: Sequence[Timer]) -> None:
        """Keep timers."""
        self.timers |= {(one.instance, one.node, one.key): one for one in timers}

    def stop(self, instance: str, node: str = "", key: str = "") -> None:
        """Forget an instance's timers, or those of a node, or one of them."""
        gone = [
            place for place in self.timers if place[0] == instance and node in ("", place[1]) and key in ("", place[2])
        ]
        for place in gone:
            del self.timers[place]

    def of(self, instance: str) -> list[Timer]:
        """An instance's timers, the next one first."""
        own = [one for one in self.timers.values() if one.instance == instance]
        return sorted(own, key=lambda one: (one.due_at, one.node, one.key))

    def waiting(self, limit: int, after: str = "") -> list[str]:
        """Who waits."""
        return sorted({one.instance for one in self.timers.values() if one.instance > after})[:limit]

    def hold(self, instance: str, held: bool) -> None:
        """Let none of them come for a while."""
        (self.held.add if held else self.held.discard)(instance)

    def come(self, now: datetime) -> list[Timer]:
        """Those whose moment has come, in order."""
        due = [one for one in self.timers.values() if one.due_at <= now and one.instance not in self.held]
        return sorted(due, key=lambda one: (one.due_at, one.instance, one.node, one.key))


class MemoryNotices:
    """What members were told."""

    def __init__(self) -> None:
        self.notices: dict[str, Notice] = {}

    def put(self, notices: Sequence[Notice]) -> None:
        """Insert or replace notices."""
        self.notices |= {one.id: one for one in notices}

    def _of(self, member: str) -> list[Notice]:
        own = [one for one in self.notices.values() if one.member == member and one.shown]
        return sorted(own, key=lambda one: (one.at, one.id), reverse=True)

    def page(self, member: str, *, unread: bool = False, limit: int = 30, after: str = "") -> tuple[list[Notice], str]:
        """A member's shown notices, newest first, with the next cursor."""
        own = [one for one in self._of(member) if not unread or one.read_at is None]
        start = next((place + 1 for place, one in enumerate(own) if one.id == after), 0)
        page = own[start : start + limit]
        return page, page[-1].id if page and start + limit < len(own) else ""

    def unread(self, member: str) -> int:
        """How many shown notices the member has not read."""
        return min(100, sum(one.read_at is None for one in self._of(member)))

    def read(self, member: str, ids: Sequence[str] | None, at: datetime) -> None:
        """Mark notices of the member as read."""
        meant = [one for one in self._of(member) if (ids is None or one.id in ids) and one.read_at is None]
        self.put([replace(one, read_at=at) for one in meant])

    def wanted(self, channel: str, member: str = "", limit: int = 100) -> list[Notice]:
        """Notices still to be sent."""
        own = [one for one in self.notices.values() if getattr(one, channel) == "wanted" and member in ("", one.member)]
        return sorted(own, key=lambda one: (one.at, one.id))[:limit]


class MemoryPreferences:
    """What was set."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Json] = {}

    def get(self, name: str, member: str = "") -> Json:
        """What was set; None when nothing was."""
        return copy.deepcopy(self.kept.get((member, name)))

    def put(self, name: str, value: Json, member: str = "") -> None:
        """Set it."""
        self.kept[member, name] = copy.deepcopy(value)
