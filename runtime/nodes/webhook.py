"""A call to the outside 调用接口: a signed request whose answer may be written into the record."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field as Setting

from builder.check_expressions import faults
from builder.definition import App, Form
from builder.model import Slug, Text
from builder.problem import Problem
from builder.scope import scope_of
from builder.validation import closest
from runtime.effect import CallOut
from runtime.node import Here, NodeType, Outcome


class Webhook(NodeType):
    """Sends `body` (expressions by name; the whole record when it is empty) to `url`, and tries again when that fails.

    With `wait` the workflow goes on when the answer is there; `answers` puts parts of it (`order.id`) into fields.
    """

    lasting: ClassVar[bool] = True

    url: str = Setting(default="", max_length=2000, pattern=r"^(https?://.*)?$")
    method: Literal["POST", "PUT", "PATCH", "GET", "DELETE"] = "POST"
    headers: dict[str, str] = Setting(default_factory=dict, max_length=20)
    body: dict[str, Text] = Setting(default_factory=dict, max_length=100)
    answers: dict[Slug, str] = Setting(default_factory=dict, max_length=50)
    timeout: int = Setting(default=10, ge=1, le=30)
    retries: int = Setting(default=4, ge=0, le=8)
    wait: bool = True

    def enter(self, here: Here) -> Outcome:
        """Let it be sent; wait for the answer, or do not."""
        call = CallOut(here.id, here.memo["visit"], self.model_dump(mode="json"))
        if self.wait:
            return Outcome(effects=(call,), memo={"waits": "answer"})
        return Outcome(exits=(here.exit,), effects=(call,))

    def receive(self, here: Here) -> Outcome:
        """The answer is there."""
        return Outcome(exits=(here.exit,))

    def unsound(self, app: App, form: Form, name: str) -> Iterator[Problem]:
        """There is an address; fields and expressions are the form's."""
        if not self.url:
            yield Problem("workflow_no_address", ("url",), {"node": name})
        scope = scope_of(form, app.forms)
        for key, text in self.body.items():
            for code, sentences in faults(text, scope):
                params = {"node": name, "expression": text[:200], "reason": code, **sentences}
                yield Problem("workflow_expression", ("body", key), params)
        known = [field.id for field in form.fields]
        for id in self.answers:
            if id not in known:
                yield Problem("workflow_no_field", ("answers", id), {"node": name, "name": id, **closest(id, known)})
