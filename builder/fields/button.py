"""A button 按钮: opens a link that names fields, does one of the form's actions, or sets off its events; no value."""

from typing import Literal

from pydantic import Field as Setting
from pydantic import field_validator

from builder.links import checked_link, names_in
from builder.model import Slug
from builder.unvalued import Unvalued


class Button(Unvalued):
    """Its label is what stands on it."""

    does: Literal["link", "action", "event"] = "link"
    link: str = Setting(default="", max_length=2_000)
    action: Slug | None = None
    look: Literal["primary", "default", "link"] = "default"

    @field_validator("link")
    @classmethod
    def _checked(cls, link: str) -> str:
        return checked_link(link)

    def mentions(self) -> tuple[str, ...]:
        """The fields that the link names."""
        return names_in(self.link)
