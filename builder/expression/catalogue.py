"""Every function 函数 by name, in the order of their groups."""

from builder.expression.functions import (
    angle,
    calendar,
    conditional,
    convert,
    date,
    integer,
    logic,
    lookup,
    number,
    presence,
    search,
    sequence,
    statistics,
    text,
    workday,
)
from builder.expression.table import FUNCTIONS as REGISTERED
from builder.expression.table import Function

FILES = (
    logic, presence, text, search, number, integer, angle,
    statistics, conditional, sequence, date, calendar, workday, convert, lookup,
)  # fmt: skip
GROUPS = ("logic", "text", "number", "statistics", "date", "convert")
FUNCTIONS: dict[str, Function] = {
    name: function for group in GROUPS for name, function in REGISTERED.items() if function.group == group
}
