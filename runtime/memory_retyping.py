"""Changes of types kept in dicts 内存中的改类型登记: the port `Retypings` for tests and for worlds behind glass."""

from collections.abc import Mapping, Sequence

from runtime.ports_retyping import RetypedValue, Retyping


class MemoryRetypings:
    """Retypings by id, and their values by retyping, record and field."""

    def __init__(self) -> None:
        self.kept: dict[str, Retyping] = {}
        self.values: dict[tuple[str, str, str], RetypedValue] = {}

    def open(self) -> Mapping[str, Retyping]:
        """Those that are not done, by form."""
        return {one.form: one for one in self.kept.values() if one.state == "running"}

    def add(self, retyping: Retyping) -> None:
        """Keep a new one."""
        self.kept[retyping.id] = retyping

    def change(self, retyping: Retyping) -> None:
        """Keep how far it is."""
        self.kept[retyping.id] = retyping

    def get(self, id: str, *, lock: bool = False) -> Retyping | None:
        """One of them."""
        return self.kept.get(id)

    def of(self, app: str) -> list[Retyping]:
        """Those of an app, newest first."""
        return sorted((one for one in self.kept.values() if one.app == app), key=lambda one: one.id, reverse=True)

    def put(self, values: Sequence[RetypedValue]) -> None:
        """Keep values; one that is kept already stays as it is."""
        for one in values:
            self.values.setdefault((one.retyping, one.record, one.field), one)

    def mend(self, value: RetypedValue) -> None:
        """Say anew what became of a value that is kept already."""
        self.values[value.retyping, value.record, value.field] = value

    def marks(self, id: str, records: Sequence[str]) -> dict[tuple[str, str], RetypedValue]:
        """What these records have gone through in one retyping."""
        own = (one for one in self.values.values() if one.retyping == id and one.record in set(records))
        return {(one.record, one.field): one for one in own}

    def trail(self, form: str, records: Sequence[str]) -> list[RetypedValue]:
        """Everything that these records have gone through, the latest retyping first."""
        own = [one for one in self.values.values() if one.form == form and one.record in set(records)]
        return sorted(own, key=lambda one: one.retyping, reverse=True)

    def lost(self, id: str, limit: int, after: str = "") -> list[RetypedValue]:
        """The values that did not convert, by record."""
        own = [one for one in self.values.values() if one.retyping == id and one.state == "refused"]
        found = sorted((one for one in own if one.record > after), key=lambda one: (one.record, one.field))
        return found[:limit]
