"""A timer 定时等待: waits for some time, or until a date of the record, and goes on."""

from collections.abc import Iterable
from typing import ClassVar

from pydantic import Field as Setting
from pydantic import model_validator

from builder.definition import App, Form
from builder.model import Text
from builder.problem import Problem, conflict
from runtime.deadline import Moment
from runtime.effect import StartTimer
from runtime.moments import moment_problems
from runtime.node import Here, NodeType, Note, Outcome

KEY = "wait"


class Timer(NodeType):
    """Waits until the moment; a blank date is not waited for, one that is past neither."""

    pauses: ClassVar[bool] = True

    after: Text = ""
    field: str = Setting(default="", max_length=64)
    working: bool = False

    @model_validator(mode="after")
    def _is_a_moment(self) -> "Timer":
        Moment(after=self.after, field=self.field, working=self.working)
        return self

    @property
    def until(self) -> Moment:
        """What is waited for."""
        return Moment(after=self.after, field=self.field, working=self.working)

    def moment(self, key: str) -> Moment | None:
        """The one that it waits for."""
        return self.until if key == KEY else None

    def enter(self, here: Here) -> Outcome:
        """Wait, if there is something to wait for."""
        at = here.fact("due", self.until.question, KEY)
        if at is None:
            return Outcome(exits=(here.exit,), notes=(Note("skipped"),))
        waiting = StartTimer(here.id, here.memo["visit"], KEY, at)
        return Outcome(effects=(waiting,), memo={"waits": "time", "until": at})

    def receive(self, here: Here) -> Outcome:
        """The moment has come."""
        if here.event["type"] != "timed_out":
            raise conflict("not_possible_here", action=here.event.get("action", ""))
        return Outcome(exits=(here.exit,))

    def unsound(self, app: App, form: Form, name: str) -> Iterable[Problem]:
        """The date is one of the form's."""
        return moment_problems(form, self.until, name)
