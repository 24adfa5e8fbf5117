"""An order of records, as data 排序."""

from pydantic import Field as Setting

from builder.model import Model


class Sort(Model):
    """By which field, which way."""

    field: str = Setting(max_length=130)
    descending: bool = False
