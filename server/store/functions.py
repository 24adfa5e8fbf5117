"""What SQLite lacks, given to it in Python: exact decimals and times in a zone 补充函数."""

import sqlite3
from decimal import Decimal

from runtime.units import EXACT, cut, decimal_text, number_of
from server.store.numbers import number_key
from server.store.programs import calculated, calculated_failure


class ExactSum:
    """sum() over decimals in text, right to the last digit."""

    def __init__(self) -> None:
        self.sum: Decimal | None = None

    def step(self, value: str | int | float | None) -> None:
        """One more value."""
        number = number_of(value)
        if number is not None:
            self.sum = number if self.sum is None else EXACT.add(self.sum, number)

    def finalize(self) -> str | None:
        """The sum as text, None over nothing."""
        return None if self.sum is None else decimal_text(self.sum)


def cut_time(value: str | None, unit: str, timezone: str) -> str | None:
    """The unit a time falls in."""
    return cut(value, unit, timezone) if isinstance(value, str) and value else None


def register(connection: sqlite3.Connection) -> None:
    """Teach one connection our functions."""
    connection.create_function("number_key", 1, number_key, deterministic=True)
    connection.create_function("calculated", -1, calculated, deterministic=True)
    connection.create_function("calculated_failure", -1, calculated_failure, deterministic=True)
    connection.create_function("cut_time", 3, cut_time, deterministic=True)
    connection.create_aggregate("exact_sum", 1, ExactSum)  # type: ignore[arg-type]
