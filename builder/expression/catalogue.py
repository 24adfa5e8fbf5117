"""Every function 函数 by name, in the order of their groups."""

from builder.expression.functions import convert, date, logic, number, statistics, text
from builder.expression.table import FUNCTIONS

GROUPS = (logic, text, number, statistics, date, convert)

__all__ = ["FUNCTIONS", "GROUPS"]
