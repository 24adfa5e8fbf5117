"""Calculated columns in SQL 计算列: steps on PostgreSQL, the very evaluator on SQLite."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Text, cast, func, literal, null

from runtime.ports import Calculation
from server.store.calculated import arithmetic, lists, logic, moments, reads, wording
from server.store.calculated.steps import Calculated, Reading, Sql
from server.store.programs import remembered

MODULES = (arithmetic, lists, logic, moments, reads, wording)


def in_postgres(reading: Reading, source: Any, calculation: Calculation) -> tuple[Sql, Sql]:
    """A calculation's value as the JSON of records would hold it, and the code of its failure."""
    if calculation.plan is None:
        raise ValueError("this database runs no programs: an expression without a plan was to be refused before")
    made = Calculated(reading, source, calculation.at.timezone).step(calculation.plan)
    value = SHOWN[made.kind](made.value) if made.kind in SHOWN else made.value
    return value, cast(null(), Text) if made.failure is None else made.failure


SHOWN: dict[str, Callable[[Sql], Sql]] = {
    "number": lambda value: cast(func.trim_scale(value), Text),
    "boolean": lambda value: cast(value, Text),
    "date": lambda value: func.to_char(value, "YYYY-MM-DD", type_=Text()),
    "datetime": lambda value: func.to_char(func.timezone("UTC", value), 'YYYY-MM-DD"T"HH24:MI:SS"Z"', type_=Text()),
}


def in_sqlite(reading: Reading, source: Any, calculation: Calculation) -> tuple[Sql, Sql]:
    """The same on SQLite, which asks the program: it runs in this very process."""
    given = [literal(remembered(calculation), Text()), *(reading.named(source, name) for name in calculation.names)]
    return func.calculated(*given, type_=Text()), func.calculated_failure(*given, type_=Text())
