"""From ids to words and back, for the machine 全体名称: every member, department and record, whoever may read them."""

from collections import Counter
from collections.abc import Iterable, Mapping

from runtime.ports import Directory, Records


class Names:
    """From ids to words and back, for the machine: every member, department and record."""

    def __init__(self, records: Records, directory: Directory, app: str, language: str) -> None:
        self.records, self.app, self.language = records, app, language
        self.timezone = directory.timezone()
        self.people = {id: one.name for id, one in directory.members().items()}
        self.tree = {id: one.name for id, one in directory.departments().items()}
        self.by_person, self.by_department = _by_name(self.people), _by_name(self.tree)
        self.titles: dict[tuple[str, str], str] = {}
        self.found: dict[tuple[str, str], str | None] = {}

    def member(self, id: str) -> str:
        """A member's name."""
        return self.people.get(id, id)

    def department(self, id: str) -> str:
        """A department's name."""
        return self.tree.get(id, id)

    def title(self, form: str, id: str) -> str:
        """A record's title."""
        if (form, id) not in self.titles:
            self.learn(form, [id])
        return self.titles[form, id]

    def learn(self, form: str, ids: Iterable[str]) -> None:
        """Look up titles together."""
        wanted = [id for id in dict.fromkeys(ids) if (form, id) not in self.titles]
        there = self.records.many(f"{self.app}.{form}", wanted) if wanted else {}
        self.titles.update({(form, id): there[id].title if id in there else "" for id in wanted})

    def find_member(self, text: str) -> str | None:
        """The only member called so."""
        return self.by_person.get(text)

    def find_department(self, text: str) -> str | None:
        """The only department called so."""
        return self.by_department.get(text)

    def find_record(self, form: str, text: str) -> str | None:
        """The only record titled so."""
        if (form, text) not in self.found:
            self.seek(form, [text])
        return self.found[form, text]

    def seek(self, form: str, texts: Iterable[str]) -> None:
        """Look up records by title together."""
        wanted = [text for text in dict.fromkeys(texts) if (form, text) not in self.found]
        there = self.records.titled(f"{self.app}.{form}", wanted) if wanted else {}
        for text in wanted:
            ids = there.get(text, [])
            self.found[form, text] = ids[0] if len(ids) == 1 else None


def _by_name(named: Mapping[str, str]) -> dict[str, str]:
    counts = Counter(named.values())
    return {name: id for id, name in named.items() if counts[name] == 1}
