"""Is this app sound? 应用检查: every reference, path and expression points to something that is there."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain

from builder.access import SYSTEM_FIELDS
from builder.calculated import Refused, reckoned
from builder.check_across import circles, gathering_problems, source_problems
from builder.check_aggregates import Judges, aggregate_problems
from builder.check_conditions import holding_problems, row_problems, stray_problems, without_expressions
from builder.check_events import event_problems
from builder.check_expressions import expression_problems, formula_cycles
from builder.check_uniques import unique_problems
from builder.definition import (
    NEW_RECORD,
    Action,
    App,
    Dashboard,
    Form,
    Goal,
    Measure,
    PermissionGroup,
    Widget,
    Workflow,
)
from builder.field import Field, Kind, Mentioning
from builder.filter import DEEPEST, HOLDS, MOST_CONDITIONS, UNARY, Condition, Filter, conditions, depth
from builder.problem import FieldError, Problem, Step
from builder.scope import scope_of
from builder.sort import Sort
from builder.validation import closest

Nodes = Callable[[App, Workflow], Iterable[Problem]]
"""What the floor above knows of a workflow's nodes; paths start at the workflow."""


def check(app: App, roles: Collection[str] = (), nodes: Nodes | None = None) -> tuple[Problem, ...]:
    """Everything that is unsound; `roles` are those that exist beside the app's own."""
    known = {*roles, *(role.id for role in app.roles)}
    found: list[Iterable[Problem]] = [_menu(app)]
    for id, form in app.forms.items():
        found.append(_under(_form(app, form, known), "forms", id))
    found.append(circles(app))
    found.append(stray_problems(app))
    for id, workflow in app.workflows.items():
        found.append(_under(_workflow(app, workflow), "workflows", id))
        if nodes is not None and workflow.form in app.forms:
            found.append(_under(nodes(app, workflow), "workflows", id))
    for id, dashboard in app.dashboards.items():
        found.append(_under(_dashboard(app, dashboard, known), "dashboards", id))
    for id, aggregate in app.aggregates.items():
        found.append(_under(aggregate_problems(app, aggregate, Judges(_path, _filter, _measure)), "aggregates", id))
    for id, kept in app.checks.items():
        found.append(
            _under(_absent("check_no_flow_of_cases", id, app.workflows, count=str(len(kept.cases))), "checks", id)
        )
    return tuple(chain.from_iterable(found))


def _under(problems: Iterable[Problem], *steps: Step) -> Iterator[Problem]:
    return (problem.under(*steps) for problem in problems)


def _absent(code: str, name: str, known: Iterable[str], *path: Step, **params: str) -> Iterator[Problem]:
    """A problem if `name` is not among the known ones."""
    known = tuple(known)
    if name not in known:
        yield Problem(code, path, {"name": name, **params, **closest(name, known)})


# Forms


def _form(app: App, form: Form, roles: Collection[str]) -> Iterator[Problem]:
    own = {field.id: field for field in form.fields}
    if form.title is not None:
        yield from _absent("check_no_title", form.title, own, "title", form=form.name)
    elif not form.title_field:
        yield Problem("check_title_missing", ("title",), {"form": form.name})
    for index, field in enumerate(form.fields):
        yield from _under(_field(app, form, field, form.fields), "fields", index)
    yield from _sections(form)
    yield from _rules(form)
    yield from unique_problems(app, form, _filter)
    yield from _views(app, form)
    for index, group in enumerate(form.groups):
        yield from _under(_group(app, form, group, roles), "groups", index)
    yield from _actions(app, form)
    if form.workflow is not None:
        yield from _absent("check_no_workflow", form.workflow, app.workflows, "workflow", form=form.name)
        if form.workflow in app.workflows and app.workflows[form.workflow].form != form.id:
            yield Problem("check_workflow_of_other_form", ("workflow",), {"name": form.workflow, "form": form.name})
    yield from expression_problems(form, app.forms)
    yield from formula_cycles(form)
    yield from source_problems(app, form)
    yield from event_problems(form)


def _field(app: App, form: Form, field: Field, siblings: Iterable[Field]) -> Iterator[Problem]:
    if field.id in SYSTEM_FIELDS:
        yield Problem("check_reserved_id", ("id",), {"name": field.id})
    if field.points is not None:
        yield from _absent("check_no_form", field.points.form, app.forms, "form", field=field.label)
        target = app.forms.get(field.points.form)
        if target is not None:
            yield from _reference(field, target, [sibling.id for sibling in siblings])
    yield from gathering_problems(app, form, field)
    yield from _mentions(form, field, siblings)
    for index, column in enumerate(field.nested):
        yield from _under(_field(app, form, column, (*field.nested, *form.fields)), "fields", index)


def _mentions(form: Form, field: Field, siblings: Iterable[Field]) -> Iterator[Problem]:
    """Fields and actions that the settings of a type name."""
    known = [*(sibling.id for sibling in siblings if sibling.type.valued), *SYSTEM_FIELDS]
    for name in field.type.mentions() if isinstance(field.type, Mentioning) else ():
        yield from _absent("check_no_field", name, known, place=field.label)
    action = getattr(field.type, "action", None)
    if action is not None:
        yield from _absent("check_no_action", action, [one.id for one in form.actions], place=field.label)


def _reference(field: Field, target: Form, siblings: Collection[str]) -> Iterator[Problem]:
    there = [*SYSTEM_FIELDS, *(other.id for other in target.fields)]
    for mine, theirs in field.points.fill.items() if field.points else ():
        yield from _absent("check_no_field", mine, siblings, "fill", mine, place=field.label)
        yield from _absent("check_no_field_there", theirs, there, "fill", mine, form=target.name, place=field.label)
    for index, shown in enumerate(getattr(field.type, "show", ())):
        yield from _absent("check_no_field_there", shown, there, "show", index, form=target.name, place=field.label)


def _sections(form: Form) -> Iterator[Problem]:
    own, placed = {field.id for field in form.fields}, set[str]()
    for index, section in enumerate(form.sections):
        for at, id in enumerate(section.fields):
            yield from _absent("check_no_field", id, own, "sections", index, "fields", at, place=section.label)
            if id in placed:
                yield Problem("check_placed_twice", ("sections", index, "fields", at), {"name": id})
            placed.add(id)


def _rules(form: Form) -> Iterator[Problem]:
    own = [*(field.id for field in form.fields), *_columns_of(form)]
    for index, rule in enumerate(form.rules):
        for room in ("show", "require", "read_only"):
            for at, id in enumerate(getattr(rule, room)):
                yield from _absent("check_no_field", id, own, "rules", index, room, at, place=rule.id)
    for index, one in enumerate(form.checks):
        for at, id in enumerate(one.fields):
            yield from _absent("check_no_field", id, own, "checks", index, "fields", at, place=one.message)


def _columns_of(form: Form) -> list[str]:
    return [f"{field.id}.{column.id}" for field in form.fields for column in field.nested]


def _views(app: App, form: Form) -> Iterator[Problem]:
    yield from _shown(app, form, form.columns, form.sort, form.name)
    for index, view in enumerate(form.views):
        steps: tuple[Step, ...] = ("views", index)
        yield from _under(_shown(app, form, view.columns, view.sort, view.name), *steps)
        yield from _under(_filter(app, form, view.filter, view.name), *steps, "filter")


def _shown(app: App, form: Form, columns: Iterable[str], sort: Iterable[Sort], place: str) -> Iterator[Problem]:
    for index, column in enumerate(columns):
        yield from _under(_path(app, form, column, place), "columns", index)
    for index, by in enumerate(sort):
        yield from _under(_path(app, form, by.field, place), "sort", index, "field")


def _group(app: App, form: Form, group: PermissionGroup, roles: Collection[str]) -> Iterator[Problem]:
    own = [field.id for field in form.fields]
    yield from _under(row_problems(app, form, group), "rows")
    yield from _filter_under(app, form, without_expressions(group.rows), group.name, "rows")
    columns = {f"{field.id}.{column.id}" for field in form.fields for column in field.nested}
    for room, known in (("read", own), ("write", own), ("hide", {*own, *columns})):
        for index, id in enumerate(getattr(group, room) or ()):
            yield from _absent("check_no_field", id, known, room, index, place=group.name)
    for index, role in enumerate(group.to.roles):
        yield from _absent("check_no_role", role, roles, "to", "roles", index, place=group.name)


def _actions(app: App, form: Form) -> Iterator[Problem]:
    for index, action in enumerate(form.actions):
        steps: tuple[Step, ...] = ("actions", index)
        yield from _absent("check_no_form", action.target, app.forms, *steps, "target", field=action.label)
        if action.target in app.forms:
            there = [field.id for field in app.forms[action.target].fields]
            name = app.forms[action.target].name
            for id in action.fill:
                yield from _absent("check_no_field_there", id, there, *steps, "fill", id, form=name, place=action.label)
        yield from _under(_set_after(form, action), *steps, "then_set")


def _set_after(form: Form, action: Action) -> Iterator[Problem]:
    """What an action sets on its own record: fields that are filled in, to values that they take."""
    own = {field.id: field for field in form.fields if field.type.valued and not field.computed}
    for id, value in action.then_set.items():
        yield from _absent("check_no_field", id, own, id, place=action.label)
        if id in own and not _takes(own[id], value, action.target):
            yield Problem("check_then_set", (id,), {"place": action.label, "field": own[id].label})


def _takes(field: Field, value: object, target: str) -> bool:
    if value == NEW_RECORD:
        return field.leads is not None and field.leads.form == target
    try:
        field.coerce(list(value) if isinstance(value, tuple) else value)
    except (FieldError, ValueError, TypeError):
        return False
    return field.points is None or value is None


# Filters and paths


def _filter_under(app: App, form: Form, filter: Filter, place: str, *steps: Step) -> Iterator[Problem]:
    return _under(_filter(app, form, filter, place), *steps)


def _filter(app: App, form: Form, filter: Filter, place: str) -> Iterator[Problem]:
    asked = tuple(conditions(filter))
    if len(asked) > MOST_CONDITIONS or depth(filter) > DEEPEST:
        yield Problem("check_filter_too_large", (), {"place": place, "limit": MOST_CONDITIONS, "deepest": DEEPEST})
        return
    for condition in asked:
        if condition.op == HOLDS:
            yield from holding_problems(str(condition.value), scope_of(form, app.forms), place)
            continue
        wrong = list(_path(app, form, condition.field, place))
        yield from wrong or _options(app, form, condition, place)


def _options(app: App, form: Form, condition: Condition, place: str) -> Iterator[Problem]:
    field = _field_at(app, form, condition.field)
    if field is None or condition.op in UNARY or field.offers is None:
        return
    values = condition.value if isinstance(condition.value, list | tuple) else [condition.value]
    for value in values:
        if isinstance(value, str) and not value.startswith("@"):
            yield from _absent("check_no_option", value, field.offers.option_ids(), field=field.label, place=place)


def _field_at(app: App, form: Form, path: str) -> Field | None:
    head, _, rest = path.partition(".")
    field = form.field(head)
    if field is None or not rest:
        return field
    if field.leads is not None and field.leads.form in app.forms:
        return app.forms[field.leads.form].field(rest)
    return next((column for column in field.nested if column.id == rest), None)


def _path(app: App, form: Form, path: str, place: str) -> Iterator[Problem]:
    """A field, a system field, a path through a reference, or a column of a subform."""
    head, _, rest = path.partition(".")
    own = (field.id for field in form.fields if field.type.valued)
    yield from _absent("check_no_field", head, [*own, *SYSTEM_FIELDS], place=place)
    field = form.field(head)
    if field is None or not rest:
        return
    if field.leads is None and not field.nested:
        yield Problem("check_no_path", (), {"name": path, "field": field.label, "place": place})
    elif field.leads is None:
        yield from _absent("check_no_field", rest, [column.id for column in field.nested], place=place)
    elif field.leads.form in app.forms:
        target = app.forms[field.leads.form]
        there = [*(other.id for other in target.fields), *SYSTEM_FIELDS]
        yield from _absent("check_no_field_there", rest, there, form=target.name, place=place)


# Workflows, dashboards, menu


def _workflow(app: App, workflow: Workflow) -> Iterator[Problem]:
    yield from _absent("check_no_form", workflow.form, app.forms, "form", field=workflow.name)
    yield from _absent("check_no_node", workflow.start, workflow.nodes, "start", place=workflow.name)
    for id, node in workflow.nodes.items():
        for exit, target in node.on.items():
            yield from _absent("check_no_node", target, workflow.nodes, "nodes", id, "on", exit, place=node.label or id)
    for key, places in (("drawing", workflow.drawing), ("notes", workflow.notes)):
        for id in places:
            yield from _absent("check_no_node", id, workflow.nodes, key, id, place=workflow.name)


def _dashboard(app: App, dashboard: Dashboard, roles: Collection[str]) -> Iterator[Problem]:
    for index, role in enumerate(dashboard.to.roles):
        yield from _absent("check_no_role", role, roles, "to", "roles", index, place=dashboard.name)
    for index, widget in enumerate(dashboard.widgets):
        yield from _under(_widget(app, widget), "widgets", index)


def _widget(app: App, widget: Widget) -> Iterator[Problem]:
    place = widget.title
    yield from _absent("check_no_form", widget.form, app.forms, "form", field=place)
    form = app.forms.get(widget.form)
    if form is None:
        return
    yield from _filter_under(app, form, widget.filter, place, "filter")
    for index, group in enumerate(widget.groups):
        yield from _under(_path(app, form, group.field, place), "groups", index, "field")
    for index, measure in enumerate(widget.measures):
        yield from _under(_measure(app, form, measure, place), "measures", index)
    yield from _shown(app, form, widget.columns, widget.sort, place)
    yield from _ranges(app, form, widget, place)
    yield from _complete(widget)
    if widget.goal is not None:
        yield from _under(_goal(app, widget.goal, place), "goal")
    if widget.x + widget.w > 24:
        yield Problem("check_widget_too_wide", ("w",), {"place": place})


def _complete(widget: Widget) -> Iterator[Problem]:
    if widget.shown_as == "records":
        if not widget.columns:
            yield Problem("check_no_columns", ("columns",), {"place": widget.title})
        return
    if len(widget.measures) < (2 if widget.shown_as == "ratio" else 1):
        yield Problem("check_no_measure", ("measures",), {"place": widget.title})
    if widget.shown_as in ("bar", "line", "pie", "funnel", "ranking") and not widget.groups:
        yield Problem("check_no_group", ("groups",), {"place": widget.title})
    if widget.shown_as == "target" and widget.goal is None:
        yield Problem("check_no_goal", ("goal",), {"place": widget.title})


def _goal(app: App, goal: Goal, place: str) -> Iterator[Problem]:
    yield from _absent("check_no_form", goal.form, app.forms, "form", field=place)
    form = app.forms.get(goal.form)
    if form is not None:
        yield from _under(_measure(app, form, goal.measure, place), "measure")
        yield from _filter_under(app, form, goal.filter, place, "filter")
        yield from _ranges(app, form, goal, place)


def _measure(app: App, form: Form, measure: Measure, place: str) -> Iterator[Problem]:
    yield from _filter_under(app, form, measure.filter, place, "filter")
    if measure.expression:
        yield from _reckoned(app, form, measure.expression)
        return
    if measure.operation == "count" and not measure.field:
        return
    yield from _under(_path(app, form, measure.field, place), "field")
    field = _field_at(app, form, measure.field)
    if measure.operation in ("sum", "average") and field is not None and field.kind is not Kind.NUMBER:
        yield Problem("check_not_a_number", ("field",), {"field": field.label, "place": place})


def _reckoned(app: App, form: Form, text: str) -> Iterator[Problem]:
    """A calculated measure adds up numbers, and a database must be able to reckon them."""
    found = reckoned(text, scope_of(form, app.forms))
    if isinstance(found, Refused):
        yield Problem("check_expression", ("expression",), {"expression": text[:80], "zh": found.zh, "en": found.en})
    elif found.kind not in ("number", "blank"):
        yield Problem("check_not_a_number", ("expression",), {"field": text[:80], "place": form.name})


def _ranges(app: App, form: Form, widget: Widget | Goal, place: str) -> Iterator[Problem]:
    for room in ("date_field", "person_field"):
        path = getattr(widget, room)
        if path:
            yield from _under(_path(app, form, path, place), room)


def _menu(app: App) -> Iterator[Problem]:
    known = [*(f"form:{id}" for id in app.forms), *(f"dashboard:{id}" for id in app.dashboards)]
    seen: set[str] = set()
    for index, group in enumerate(app.menu):
        for at, name in enumerate(group.items):
            yield from _absent("check_no_page", name, known, "menu", index, "items", at, place=group.label)
            if name in seen:
                yield Problem("check_page_twice", ("menu", index, "items", at), {"name": name})
            seen.add(name)
