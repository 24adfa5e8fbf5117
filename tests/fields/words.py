"""Who and what the ids of the table stand for 契约里的名称, both ways."""

from builder.field import Field
from tests.fields.table import DEPARTMENTS, PEOPLE, TITLES, Row


def field_of(name: str, row: Row, id: str = "x") -> Field:
    """A field of the type, set up as the row says."""
    return Field.model_validate({"id": id, "type": name, "label": id, **row.settings})


class Words:
    """Names and finder at once."""

    language = "zh-CN"
    timezone = "Asia/Shanghai"
    unpacking = None
    """No files came along."""

    def member(self, id: str) -> str:
        """A member's name."""
        return PEOPLE.get(id, id)

    def department(self, id: str) -> str:
        """A department's name."""
        return DEPARTMENTS.get(id, id)

    def title(self, form: str, id: str) -> str:
        """A record's title."""
        return TITLES.get(id, "")

    def find_member(self, text: str) -> str | None:
        """The member called so."""
        return _key(PEOPLE, text)

    def find_department(self, text: str) -> str | None:
        """The department called so."""
        return _key(DEPARTMENTS, text)

    def find_record(self, form: str, text: str) -> str | None:
        """The record titled so."""
        return _key(TITLES, text)


def _key(names: dict[str, str], text: str) -> str | None:
    return next((id for id, name in names.items() if name == text), None)
