"""Rows within a record 子表单; each has fields of its own."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from builder.field import Field, FieldType, Json, Judging, Kind, Names, text_of
from builder.model import Slug
from builder.problem import FieldError, Problem, Refusal


class Subform(FieldType):
    """A list of rows, each `{"id": …, field: value, …}`; row ids are given once and kept."""

    kind = Kind.ROWS
    fields: tuple[Field, ...] = Setting(default=(), max_length=100)
    min_rows: int = Setting(default=0, ge=0, le=1000)
    max_rows: int = Setting(default=500, ge=1, le=1000)
    totals: dict[Slug, Literal["sum", "average", "min", "max", "none"]] = Setting(default_factory=dict, max_length=100)
    """What stands at the foot of a column; columns not named are summed if their numbers can be."""
    fixed: tuple[dict[Slug, Json], ...] = Setting(default=(), max_length=200)
    """The rows that every record has, with what is given in them 固定行; none can be added or taken away."""

    @model_validator(mode="after")
    def _no_rows_in_rows(self) -> "Subform":
        if any(field.kind is Kind.ROWS for field in self.fields):
            raise ValueError("a subform cannot hold a subform")
        if len({field.id for field in self.fields}) != len(self.fields):
            raise ValueError("two columns have the same id")
        columns = {field.id for field in self.fields}
        if any(not set(row) <= columns for row in self.fixed):
            raise ValueError("a fixed row names a column that is not there")
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
        if self.fixed:
            rows = [{**row, **given} for row, given in zip(rows, self.beginning() or (), strict=False)]
        return rows or None

    def beginning(self) -> list[dict[str, Json]] | None:
        """The fixed rows, as far as they can be what they say."""
        return [self._row(given, at, []) for at, given in enumerate(self.fixed)] or None

    def judge(self, value: Json, today: str, timezone: str) -> None:
        """Whether there are enough rows, and every cell may stand on the day."""
        rows = value or ()
        if len(rows) < self.min_rows:
            raise FieldError("too_few_rows", limit=self.min_rows)
        if self.fixed and rows and len(rows) != len(self.fixed):
            raise FieldError("rows_are_fixed", count=len(self.fixed))
        wrong = [problem for at, row in enumerate(rows) for problem in self._judged(row, at, today, timezone)]
        if wrong:
            raise Refusal(wrong)

    def _judged(self, row: dict[str, Json], at: int, today: str, timezone: str) -> Iterator[Problem]:
        for field in self.fields:
            try:
                if isinstance(field.type, Judging):
                    field.type.judge(row.get(field.id), today, timezone)
            except FieldError as error:
                yield error.problem.under(at, field.id)

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
