"""Events of forms over HTTP 前端事件: run for who fills in, tried by who designs, and the keys that they send."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import Field

from builder.model import SLUG
from server import form_events, keys
from server.asker import Asker
from server.door import Door
from server.routes.shapes import Answer, AppId, FormId, Shape, Values

router = Door(tags=["events"])
EventId = Annotated[str, Path(pattern=SLUG.pattern, description="An event's id in the form's definition.")]
KeyName = Annotated[str, Path(pattern=SLUG.pattern, description="What definitions call the key.")]


class EventIn(Shape):
    """What is filled in so far; `record` when it is an edit, `task` when it is done at a task."""

    values: Values
    record: str = Field(default="", max_length=64)
    task: str = Field(default="", max_length=64)
    row: int = Field(default=0, ge=0, le=100_000, description="Of an event about rows: which row, from 0.")


class Misfit(Answer):
    """What came back for a field and does not fit into it."""

    path: list[str | int]
    detail: str


class SuggestedOut(Answer):
    """Values for the fields of the form; nothing is stored. Not `met`: the event's condition does not hold."""

    met: bool
    values: Values
    blank: list[str] = Field(description="Fields to fill only where nothing is filled in yet.")
    append: list[str] = Field(description="Subforms whose rows go behind those that are there.")
    problems: list[Misfit]
    titles: dict[str, str] = {}


class TryIn(Shape):
    """An event as it is being designed, and sample values."""

    event: dict[str, Any]
    values: Values = {}


class AskedOut(Answer):
    """What was sent (without keys), and what came back."""

    method: str
    url: str
    status: int
    answer: str = Field(description="The beginning of the answer.")


class TriedOut(SuggestedOut):
    """What was sent first and what came back, the same of the calls after it, and what all of them suggest."""

    method: str
    url: str
    status: int
    answer: str = Field(description="The beginning of the answer.")
    further: list[AskedOut] = []


class KeyIn(Shape):
    """A key and the only host that it may be sent to; an empty `value` keeps the one that is there."""

    host: str = Field(max_length=260, examples=["api.example.com"])
    value: str = Field(default="", max_length=1000)


class KeyOut(Answer):
    """A key, without its value."""

    name: str
    host: str
    at: str
    by: str


class KeysOut(Answer):
    """The workspace's keys."""

    keys: list[KeyOut]


@router.post("/apps/{app}/forms/{form}/events/{event}", reads=True)
def run(app: AppId, form: FormId, event: EventId, body: EventIn, asker: Asker) -> SuggestedOut:
    """Run an event of the form for who fills it in 触发前端事件."""
    found = form_events.run(asker, app, form, event, body.values, body.record, body.task, body.row)
    return SuggestedOut.model_validate(found)


@router.post("/apps/{app}/forms/{form}/try-event", reads=True)
def try_event(app: AppId, form: FormId, body: TryIn, asker: Asker) -> TriedOut:
    """Try an event on sample values; administrators only 试运行前端事件."""
    return TriedOut.model_validate(form_events.tried(asker, app, form, body.event, body.values))


@router.get("/workspace/keys")
def list_keys(asker: Asker) -> KeysOut:
    """The names of the keys; administrators only 密钥列表."""
    return KeysOut.model_validate(keys.listed(asker))


@router.put("/workspace/keys/{key}")
def put_key(key: KeyName, body: KeyIn, asker: Asker) -> KeysOut:
    """Keep a key; administrators only 保存密钥."""
    return KeysOut.model_validate(keys.put(asker, key, body.host, body.value))


@router.delete("/workspace/keys/{key}")
def drop_key(key: KeyName, asker: Asker) -> KeysOut:
    """Forget a key; administrators only 删除密钥."""
    return KeysOut.model_validate(keys.drop(asker, key))
