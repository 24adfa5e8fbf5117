"""An update 更新数据: values are written into this record, or into those that a reference of it names."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from pydantic import Field as Setting

from builder.definition import App, Form
from builder.model import Slug, Text
from builder.problem import Problem
from builder.scope import scope_of
from builder.validation import closest
from runtime.effect import SetValues
from runtime.moments import filling_problems
from runtime.node import Here, NodeType, Outcome


class Update(NodeType):
    """`values` are expressions over this record, by field of the target; `target` is a reference, or "" for itself."""

    lasting: ClassVar[bool] = True

    target: str = Setting(default="", max_length=64)
    values: dict[Slug, Text] = Setting(default_factory=dict, max_length=100)

    def enter(self, here: Here) -> Outcome:
        """Ask for it to be done."""
        settings = {"target": self.target, "values": dict(self.values)}
        return Outcome(effects=(SetValues(here.id, here.memo["visit"], settings),), memo={"waits": "errand"})

    def receive(self, here: Here) -> Outcome:
        """It is done."""
        return Outcome(exits=(here.exit,))

    def unsound(self, app: App, form: Form, name: str) -> Iterable[Problem]:
        """The target and its fields are there, and the expressions can be read."""
        pointing = {field.id: field.points.form for field in form.fields if field.points is not None}
        if self.target and self.target not in pointing:
            params = {"node": name, "name": self.target, **closest(self.target, pointing)}
            return [Problem("workflow_no_reference", ("target",), params)]
        return self._values(app, form, pointing.get(self.target, form.id), name)

    def _values(self, app: App, form: Form, target: str, name: str) -> Iterator[Problem]:
        if not self.values:
            yield Problem("workflow_nothing_to_set", ("values",), {"node": name})
        if target in app.forms:
            yield from filling_problems(app.forms[target], self.values, scope_of(form, app.forms), name, "values")
