"""A page of another site 嵌入网页 within the form; no value."""

from pydantic import Field as Setting
from pydantic import field_validator

from builder.links import checked_link, names_in
from builder.unvalued import Unvalued


class Embed(Unvalued):
    """`link` may name fields: `https://example.com/?no={number}`. The page is shown in a sandbox of its own."""

    link: str = Setting(default="", max_length=2_000)
    height: int = Setting(default=320, ge=80, le=2000)

    @field_validator("link")
    @classmethod
    def _checked(cls, link: str) -> str:
        return checked_link(link, secure=True)

    def mentions(self) -> tuple[str, ...]:
        """The fields that the link names."""
        return names_in(self.link)
