"""Expressions as files keep them 表达式的书写: with ids, whatever labels were typed; so renaming breaks nothing."""

from collections.abc import Mapping
from typing import Any

from builder.definition import App, Form
from builder.expression.check import compile_text
from builder.expression.parse import print_tree
from builder.expression.values import Scope
from builder.lookups import with_ids_in_lookups
from builder.scope import row_scope_of, scope_of

Json = Any


def with_ids(app: App, form: str) -> dict[str, Json]:
    """The form as data, each sound expression in it spelled with ids; what is unsound stays as typed."""
    definition = app.forms[form]
    raw = definition.dump()
    scope = scope_of(definition, app.forms)
    for field, entry in zip(raw.get("fields", []), definition.fields, strict=True):
        _spell_field(field, scope, app.forms)
        for column in field.get("fields", []):
            _spell_field(column, row_scope_of(definition, entry, app.forms), app.forms)
    for rule in raw.get("rules", []):
        _spell(rule, ("when",), scope, app.forms)
    for check in raw.get("checks", []):
        _spell(check, ("that",), scope, app.forms)
    for action in raw.get("actions", []):
        _spell(action, ("when",), scope, app.forms)
        _spell(action.get("fill", {}), tuple(action.get("fill", {})), scope, app.forms)
    for event in raw.get("events", []):
        _spell(event, ("when",), scope, app.forms)
        for sent in (event.get("request", {}).get(room, {}) for room in ("parameters", "body")):
            _spell(sent, tuple(sent), scope, app.forms)
    return raw


def _spell_field(field: dict[str, Json], scope: Scope, forms: Mapping[str, Form]) -> None:
    _spell(field, ("formula", "default_formula"), scope, forms)
    for option in field.get("options", []):
        _spell(option, ("when",), scope, forms)


def guards_with_ids(app: App, workflow: str) -> dict[str, Json]:
    """The workflow as data, the sound guards of its nodes spelled with ids."""
    definition = app.workflows[workflow]
    raw = definition.dump()
    if definition.form in app.forms:
        scope = scope_of(app.forms[definition.form], app.forms)
        for node in raw.get("nodes", {}).values():
            if isinstance(node.get("when"), dict):
                _spell(node["when"], tuple(node["when"]), scope, app.forms)
    return raw


def measures_with_ids(app: App, dashboard: str) -> dict[str, Json]:
    """The dashboard as data, the sound expressions of its measures spelled with ids."""
    raw = app.dashboards[dashboard].dump()
    for widget in raw.get("widgets", []):
        for holder in (widget, widget.get("goal") or {}):
            form = app.forms.get(holder.get("form") or "")
            scope: Scope = scope_of(form, app.forms) if form is not None else {}
            for measure in (*holder.get("measures", []), holder.get("measure") or {}):
                _spell(measure, ("expression",), scope, app.forms)
    return raw


def _spell(holder: dict[str, Json], keys: tuple[str, ...], scope: Scope, forms: Mapping[str, Form]) -> None:
    for key in keys:
        if isinstance(holder.get(key), str) and holder[key]:
            holder[key] = spelled(holder[key], scope, forms)


def spelled(text: str, scope: Scope, forms: Mapping[str, Form]) -> str:
    """The text with ids for names; as typed when it is unsound."""
    checked = compile_text(text, scope)
    return print_tree(with_ids_in_lookups(checked.tree, forms)) if checked.sound else text
