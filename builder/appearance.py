"""How a form looks while it is filled in, and what is said after 表单外观与提交后."""

import re
from typing import Literal

from pydantic import Field as Setting

from builder.model import Model, Text
from builder.option import Hue

PLACE = re.compile(r"\{([a-z][a-z0-9_]{0,62})\}")
"""A field's id in braces stands for its value; one that is not there is shown as it is written."""

Offer = Literal["record", "another", "list"]


class After(Model):
    """What is shown when a new record was sent 提交后: words in which `{field}` stands for its value, and ways on."""

    prompt: Text = ""
    offers: tuple[Offer, ...] = Setting(default=("record", "another", "list"), max_length=3)


class Skin(Model):
    """The colour of the form's head, and how close its fields stand 皮肤."""

    hue: Hue = ""
    cover: Literal["plain", "tint", "band"] = "plain"
    density: Literal["comfortable", "compact"] = "comfortable"
    paging: Literal["page", "steps", "questions"] = "page"
    """What a fill page shows at a time 分步填写: all of it, a section, or one question."""
