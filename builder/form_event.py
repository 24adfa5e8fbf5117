"""What a form asks of the outside while it is filled in 前端事件: when, what is sent, and where the answer goes.

The browser never calls the outside: it asks the server to run an event, and is told which values that suggests.
"""

import re
from typing import Annotated, Literal

from pydantic import Field as Setting

from builder.model import Label, Model, Slug, Text
from builder.problem import Problem

HEADER = re.compile(r"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$")
PLAIN = re.compile(r"^[\x20-\x7e]{0,1000}$")
KEPT_BY_US = frozenset(
    {"host", "content-length", "content-type", "transfer-encoding", "connection", "upgrade", "te", "cookie", "expect"}
)
SECRET = re.compile(r"auth|token|secret|passw|api[-_]?key|apikey|access[-_]?key|signature|credential", re.IGNORECASE)
"""Names that hold what nobody may read: their values are kept on the server, not in a definition."""

On = Literal["change", "press", "open"]
Path = Annotated[str, Setting(max_length=300)]
Name = Annotated[str, Setting(min_length=1, max_length=100)]


class Credential(Model):
    """A secret that the server adds to the request: `prefix` and the secret, as a header or a parameter 密钥."""

    secret: Slug
    into: Literal["header", "parameter"] = "header"
    name: Name
    prefix: Label = ""


class Request(Model):
    """What is sent. `url` may name fields behind its host (`{field}`); `parameters` and `body` are expressions."""

    method: Literal["GET", "POST"] = "GET"
    url: str = Setting(default="", max_length=2_000)
    parameters: dict[Name, Text] = Setting(default_factory=dict, max_length=30)
    headers: dict[Name, Annotated[str, Setting(max_length=1_000)]] = Setting(default_factory=dict, max_length=20)
    body: dict[Name, Text] = Setting(default_factory=dict, max_length=100)
    credentials: tuple[Credential, ...] = Setting(default=(), max_length=3)
    seconds: int = Setting(default=8, ge=1, le=15)


class Filling(Model):
    """What is found at `path` goes into the field `into`; a list goes into rows, its parts by `columns` 映射."""

    into: Slug
    path: Path = ""
    columns: dict[Slug, Path] = Setting(default_factory=dict, max_length=60)
    only_blank: bool = False
    """Leave what is filled in already."""
    append: bool = False
    """Put rows behind those that are there."""


ANSWER = re.compile(r"^@answer(?:\.(?P<path>.{1,300}))?$")
"""Instead of an expression in a later request: what the answer before it holds at a path."""


class Further(Model):
    """A call after the first 接着查询: it sees what was filled in so far, by `@answer.path` the answer before it."""

    when: Text = ""
    request: Request = Request()
    fills: tuple[Filling, ...] = Setting(default=(), max_length=60)


class FormEvent(Model):
    """`on` a change of one of `fields`, a press of a button among them, or the opening of a new record.

    With `rows`, a subform, it is about one of its rows: `fields` and what is filled are columns of it. `further` are
    further calls, one after another; the first whose condition does not hold, or that fails, is the end of it.
    """

    id: Slug
    label: Label
    on: On = "change"
    fields: tuple[Slug, ...] = Setting(default=(), max_length=5)
    when: Text = ""
    request: Request = Request()
    fills: tuple[Filling, ...] = Setting(default=(), max_length=60)
    rows: Slug | Literal[""] = ""
    further: tuple[Further, ...] = Setting(default=(), max_length=4)
    public: bool = False
    """Whether strangers who fill in the form by a public link may set it off."""
    enabled: bool = True


def all_fills(event: FormEvent) -> tuple[Filling, ...]:
    """What any of its calls fills."""
    return (*event.fills, *(fill for further in event.further for fill in further.fills))


class Recognition(Model):
    """Reads a picture or a text and suggests values 识别填写; only where the operator has set up a service for it."""

    id: Slug
    label: Label
    source: Literal["picture", "text"]
    fills: tuple[Filling, ...] = Setting(default=(), max_length=60)


def header_faults(name: str, value: str) -> Problem | None:
    """What is wrong with a header that stands in a definition, for everybody to read."""
    if not HEADER.match(name) or not PLAIN.match(value) or name.lower() in KEPT_BY_US:
        return Problem("check_event_header", (), {"name": name[:80]})
    if SECRET.search(name):
        return Problem("check_event_header_secret", (), {"name": name[:80]})
    return None
