"""A line with a heading 分割线 between fields; no value."""

from typing import Literal

from builder.unvalued import Unvalued


class Divider(Unvalued):
    """Its label is the heading; without one it is a line."""

    line: Literal["solid", "dashed", "none"] = "solid"
