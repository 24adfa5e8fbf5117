"""An update 更新数据: values are written into this record, those that it names, or those that name it."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from builder.access import SYSTEM_FIELDS
from builder.definition import App, Form
from builder.field import Field
from builder.filter import EVERYTHING, Filter, names, parse_filter
from builder.model import Slug, Text
from builder.problem import Problem
from builder.scope import row_scope_of, scope_of
from builder.validation import closest
from runtime.effect import SetValues
from runtime.moments import filling_problems
from runtime.node import Here, NodeType, Outcome


class Update(NodeType):
    """`values` are expressions over this record, by field of the target; `target` is a reference, or "" for itself.

    With `form` the target is those of its records whose field `by` points here and that answer `filter` (which may say
    `@this.field`); `add` says whether a new record is added that points here: if there is none, or in any case;
    then with `rows` one for each row of that subform, whose columns the expressions may name.
    """

    lasting: ClassVar[bool] = True

    target: str = Setting(default="", max_length=64)
    values: dict[Slug, Text] = Setting(default_factory=dict, max_length=100)
    form: str = Setting(default="", max_length=64)
    by: str = Setting(default="", max_length=64)
    filter: Filter = EVERYTHING
    add: Literal["never", "if_none", "always"] = "never"
    rows: str = Setting(default="", max_length=64)

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Update":
        parse_filter(self.filter.dump())
        if self.form and self.target:
            raise ValueError("either a reference of this record, or records of another form")
        if self.rows and (not self.form or self.add != "always"):
            raise ValueError("rows become new records only")
        return self

    def enter(self, here: Here) -> Outcome:
        """Ask for it to be done."""
        settings: dict[str, Any] = {"target": self.target, "values": dict(self.values)}
        if self.form:
            settings |= {"form": self.form, "by": self.by, "filter": self.filter.dump(), "add": self.add}
            settings |= {"rows": self.rows} if self.rows else {}
            settings |= {"rest": here.memo["rest"]} if "rest" in here.memo else {}
        return Outcome(effects=(SetValues(here.id, here.memo["visit"], settings),), memo={"waits": "errand"})

    def receive(self, here: Here) -> Outcome:
        """It is done."""
        return Outcome(exits=(here.exit,))

    def unsound(self, app: App, form: Form, name: str) -> Iterable[Problem]:
        """The target and its fields are there, and the expressions can be read."""
        if self.form:
            return self._elsewhere(app, form, name)
        pointing = {field.id: field.points.form for field in form.fields if field.points is not None}
        if self.target and self.target not in pointing:
            params = {"node": name, "name": self.target, **closest(self.target, pointing)}
            return [Problem("workflow_no_reference", ("target",), params)]
        return self._values(app, form, pointing.get(self.target, form.id), name)

    def _elsewhere(self, app: App, form: Form, name: str) -> Iterator[Problem]:
        """Of records that point here: the form, the field by which they do, and the fields of the filter."""
        other = app.forms.get(self.form)
        if other is None:
            params = {"node": name, "name": self.form, **closest(self.form, app.forms)}
            yield Problem("workflow_no_form", ("form",), params)
            return
        pointing = [field.id for field in other.fields if field.points is not None and field.points.form == form.id]
        if self.by not in pointing and (self.by or self.add != "always"):
            yield Problem("workflow_nothing_points_here", ("by",), {"node": name, "form": other.name})
        if self.add != "never" and other.workflow:
            yield Problem("workflow_add_by_subflow", ("add",), {"node": name, "form": other.name})
        known = {field.id for field in other.fields} | set(SYSTEM_FIELDS)
        for head in sorted({field.partition(".")[0] for field in names(self.filter)} - known):
            yield Problem("workflow_no_field", ("filter",), {"node": name, "name": head, **closest(head, known)})
        subform = next((field for field in form.fields if field.id == self.rows and field.nested), None)
        if self.rows and subform is None:
            yield Problem("workflow_no_field", ("rows",), {"node": name, "name": self.rows})
        yield from self._values(app, form, self.form, name, subform)

    def _values(self, app: App, form: Form, target: str, name: str, subform: Field | None = None) -> Iterator[Problem]:
        scope = row_scope_of(form, subform, app.forms) if subform else scope_of(form, app.forms)
        if not self.values:
            yield Problem("workflow_nothing_to_set", ("values",), {"node": name})
        if target in app.forms:
            yield from filling_problems(app.forms[target], self.values, scope, name, "values")
