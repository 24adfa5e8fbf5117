"""Words for who fills the form 说明文字: formatted, with links; no value."""

from typing import Literal

from pydantic import Field as Setting
from pydantic import field_validator

from builder.markup import clean
from builder.unvalued import Unvalued


class Note(Unvalued):
    """`html` is cleaned when the definition is read, so that no script can be published."""

    html: str = Setting(default="", max_length=20_000)
    tone: Literal["plain", "tip", "warning"] = "plain"

    @field_validator("html")
    @classmethod
    def _cleaned(cls, html: str) -> str:
        return clean(html, pictures=False)
