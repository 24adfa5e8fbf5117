"""An option 选项 of a choice: a stable id, a free label, a hue."""

from typing import Literal

from pydantic import Field as Setting

from builder.model import Label, Model, Text
from builder.problem import FieldError

Hue = Literal["", "red", "orange", "yellow", "green", "teal", "blue", "purple", "grey"]


class Option(Model):
    """`retired` options stay readable in old records but cannot be chosen any more; one with a condition `when`, over
    the record (or the row and its record), can be chosen while that holds."""

    id: str = Setting(pattern=r"^[a-z0-9][a-z0-9_]{0,62}$")
    label: Label
    color: Hue = ""
    retired: bool = False
    when: Text = ""


OTHER = "other:"
"""Before a text of one's own; no option's id holds a colon."""
LONGEST_OTHER = 200


def label_of(options: tuple[Option, ...], id: str) -> str:
    """An option's label; its id when it is gone; a text of one's own as it is."""
    return next((option.label for option in options if option.id == id), id.removeprefix(OTHER))


def other_of(options: tuple[Option, ...], text: str) -> str | None:
    """A text of one's own as a value: the option that it names after all, else marked; None for blank."""
    words = text.replace("\x00", "").replace("\r", " ").replace("\n", " ").strip()
    if len(words) > LONGEST_OTHER:
        raise FieldError("text_too_long", limit=LONGEST_OTHER, length=len(words))
    known = next((option.id for option in options if words in (option.label, option.id)), None)
    if not words or known is not None:
        return known
    return OTHER + words.encode("utf-8", "replace").decode("utf-8")


def offered_of(raw: object) -> str:
    """A text that another form's records hold, in one line; raises `FieldError`."""
    words = " ".join(str(raw).replace("\x00", "").split()) if isinstance(raw, str | int | float) else ""
    if not words or isinstance(raw, bool):
        raise FieldError("must_be_text")
    if len(words) > LONGEST_OTHER:
        raise FieldError("text_too_long", limit=LONGEST_OTHER, length=len(words))
    return words.encode("utf-8", "replace").decode("utf-8")


def id_of(options: tuple[Option, ...], text: str) -> str:
    """The id of the option whose label or id is `text`; raises `FieldError`."""
    wanted = text.strip()
    for option in options:
        if wanted in (option.label, option.id):
            return option.id
    folded = [option.id for option in options if wanted.casefold() in (option.label.casefold(), option.id)]
    if len(folded) == 1:
        return folded[0]
    raise FieldError("no_such_option", value=wanted[:80])
