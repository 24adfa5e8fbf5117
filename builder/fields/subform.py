"""Rows within a record 子表单; each has fields of its own."""

from typing import Any

from pydantic import Field as Setting
from pydantic import model_validator

from builder.field import Field, FieldType, Json, Kind, Names, text_of
from builder.problem import FieldError, Problem, Refusal


class Subform(FieldType):
    """A list of rows, each `{"id": …, field: value, …}`; row ids are given once and kept."""

    kind = Kind.ROWS
    fields: tuple[Field, ...] = Setting(default=(), max_length=100)
    min_rows: int = Setting(default=0, ge=0, le=1000)
    max_rows: int = Setting(default=500, ge=1, le=1000)

    @model_validator(mode="after")
    def _no_rows_in_rows(self) -> "Subform":
        if any(field.kind is Kind.ROWS for field in self.fields):
            raise ValueError("a subform cannot hold a subform")
        if len({field.id for field in self.fields}) != len(self.fields):
            raise ValueError("two columns have the same id")
        return self

    def coerce(self, raw: Json) -> list[dict[str, Json]] | None:
        """The rows with every cell coerced; problems of all cells are reported together."""
        if not isinstance(raw, list):
            raise FieldError("must_be_rows")
        if len(raw) > self.max_rows:
            raise FieldError("too_many_rows", limit=self.max_rows)
        problems: list[Problem] = []
        rows = [self._row(row, index, problems) for index, row in enumerate(raw)]
        if problems:
            raise Refusal(problems)
        return rows or None

    def value_schema(self) -> dict[str, Any]:
        """A list of rows."""
        columns = {field.id: field.type.value_schema() for field in self.fields}
        row = {"type": "object", "properties": {"id": {"type": "string"}, **columns}}
        return {"type": ["array", "null"], "items": row, "maxItems": self.max_rows}

    def display(self, value: Json, names: Names) -> str:
        """Each row's cells, rows on lines of their own."""
        return "\n".join(
            " | ".join(field.type.display(row.get(field.id), names) for field in self.fields) for row in value or ()
        )

    def _row(self, raw: Json, index: int, problems: list[Problem]) -> dict[str, Json]:
        if not isinstance(raw, dict):
            problems.append(Problem("must_be_rows", (index,)))
            return {}
        columns = {field.id: field for field in self.fields}
        row: dict[str, Json] = {"id": text_of(raw["id"], 64)} if raw.get("id") else {}
        for key, value in raw.items():
            if key != "id" and key not in columns:
                problems.append(Problem("unknown_field", (index, key), {"field": str(key)[:80]}))
            elif key != "id":
                self._cell(columns[key], value, row, index, problems)
        return row

    @staticmethod
    def _cell(field: Field, value: Json, row: dict[str, Json], index: int, problems: list[Problem]) -> None:
        try:
            row[field.id] = field.coerce(value)
        except FieldError as error:
            problems.append(error.problem.under(index, field.id))
