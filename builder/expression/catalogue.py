"""Every function 函数 by name, in the order of their groups."""

from builder.expression.functions import (
    angle,
    calendar,
    conditional,
    convert,
    date,
    integer,
    logic,
    number,
    presence,
    search,
    sequence,
    statistics,
    text,
    workday,
)
from builder.expression.table import FUNCTIONS

FILES = (
    logic, presence, text, search, number, integer, angle,
    statistics, conditional, sequence, date, calendar, workday, convert,
)  # fmt: skip

__all__ = ["FILES", "FUNCTIONS"]
