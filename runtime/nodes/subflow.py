"""A subflow 子流程: records of another form are added and their workflows run; the parent waits, or goes on."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field as Setting

from builder.definition import App, Form
from builder.model import Slug, Text
from builder.problem import Problem
from builder.scope import row_scope_of, scope_of
from builder.validation import closest
from runtime.effect import EndChildren, StartChildren
from runtime.moments import filling_problems
from runtime.node import Here, NodeType, Outcome

DONE, REJECTED = "done", "rejected"


class Subflow(NodeType):
    """One record of `form` (one per row of `rows`), its fields filled from this record (and the row).

    With `wait` the parent waits for all of them. A rejected child takes the exit `rejected` if there is one, at once,
    and the others are ended; without that exit it counts as over. A child that is waited for ends with its parent, and
    when the parent goes back, or is moved, past the place where it waits.

    Without `wait` a child is on its own from the moment it is started: it goes on when its parent is withdrawn, ended,
    returned or moved to another version; with `together` it ends when its parent ends, however that is.
    """

    pauses: ClassVar[bool] = True
    lasting: ClassVar[bool] = True
    refusals: ClassVar[frozenset[str]] = frozenset({REJECTED})

    form: str = Setting(default="", max_length=64)
    fill: dict[Slug, Text] = Setting(default_factory=dict, max_length=200)
    rows: str = Setting(default="", max_length=64)
    wait: bool = True
    together: bool = False

    def enter(self, here: Here) -> Outcome:
        """Let them be started."""
        settings = {"form": self.form, "fill": dict(self.fill), "rows": self.rows, "wait": self.wait}
        settings |= {"together": True} if self.binds else {}
        return Outcome(effects=(StartChildren(here.id, here.memo["visit"], settings),), memo={"waits": "children"})

    def receive(self, here: Here) -> Outcome:
        """They are started, or one of them is over (which may be told first)."""
        event, memo = here.event, here.memo
        over = dict(memo.get("over", {}))
        children = list(event.get("children", memo.get("children", ())))
        if "child" in event:
            over[event["child"]] = event["status"]
        if REJECTED in over.values() and REJECTED in here.node.on and self.wait:
            left = tuple(child for child in children if child not in over)
            return Outcome(exits=(REJECTED,), effects=(EndChildren(left),) if left else (), close="cancelled")
        started = "children" in event or "children" in memo
        if started and (not self.wait or all(child in over for child in children)):
            return Outcome(exits=(self._way(here),))
        kept = {"children": children} if started else {}
        return Outcome(memo={"waits": "children", "over": over, **kept})

    def _way(self, here: Here) -> str:
        return DONE if DONE in here.node.on else next(exit for exit in here.node.on if exit != REJECTED)

    @property
    def binds(self) -> bool:
        """As set; who is waited for ends with who waits in any case."""
        return self.together and not self.wait

    @property
    def needs(self) -> frozenset[str]:
        """Rejection may be left out."""
        return frozenset({DONE})

    @property
    def knows(self) -> frozenset[str]:
        """Done, and rejected."""
        return frozenset({DONE, REJECTED})

    def unsound(self, app: App, form: Form, name: str) -> Iterator[Problem]:
        """The other form and its fields are there; one that is waited for has a workflow."""
        target = app.forms.get(self.form)
        if target is None:
            params = {"node": name, "name": self.form, **closest(self.form, app.forms)}
            yield Problem("workflow_no_form", ("form",), params)
            return
        if self.wait and not target.workflow:
            yield Problem("workflow_child_without_workflow", ("form",), {"node": name, "form": target.name})
        subform = next((field for field in form.fields if field.id == self.rows and field.nested), None)
        if self.rows and subform is None:
            yield Problem("workflow_no_field", ("rows",), {"node": name, "name": self.rows})
        scope = row_scope_of(form, subform, app.forms) if subform else scope_of(form, app.forms)
        yield from filling_problems(target, self.fill, scope, name, "fill")
