"""What both kinds of pointer share 关联设置: which records may be picked, what is shown of them, what if one goes."""

from typing import Literal

from pydantic import Field as Setting

from builder.field import FieldType
from builder.filter import EVERYTHING, Filter
from builder.model import Slug
from builder.sort import Sort


class Pointer(FieldType):
    """Names records of `form`.

    When a record goes, those that point to it stop it (block), lose it (clear) or go with it (cascade).
    """

    form: Slug
    show: tuple[Slug, ...] = ()
    filter: Filter = EVERYTHING
    """Which records may be picked; a value may be `@this.region`, a field of the record that picks."""
    sort: tuple[Sort, ...] = Setting(default=(), max_length=5)
    on_delete: Literal["block", "clear", "cascade"] = "block"
