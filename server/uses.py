"""Where a field is used beyond the app's definition 字段用在哪里: public links, and views that members saved."""

from collections.abc import Iterator
from typing import Any

from builder.expression.parse import references
from builder.filter import HOLDS, conditions, parse_filter
from builder.formula_places import tree_of
from builder.problem import sentence
from runtime import used
from server.asker import Asker
from server.store import public_links, views


def usage(asker: Asker, app: str, form: str, field: str) -> dict[str, Any]:
    """What the draft tells of it, and the links and views that were made of the form; administrators only."""
    found = used.usage(asker.gate, app, form, field)
    key, head = f"{app}.{form}", field.partition(".")[0]
    return {**found, "uses": [*found["uses"], *_links(asker, key, head), *_views(asker, key, head)]}


def _links(asker: Asker, key: str, field: str) -> Iterator[dict[str, str]]:
    for link in public_links.of_form(asker.connection, asker.workspace, key):
        if field in (*link.terms.fields, *link.terms.asked):
            text = sentence("used_by_link", asker.language, {"name": link.terms.title or link.id[-6:]})
            yield {"part": "links", "where": f"links.{link.id}", "text": text}


def _views(asker: Asker, key: str, field: str) -> Iterator[dict[str, str]]:
    """Views that everybody has and the asker's own by name; those of others are counted."""
    private = 0
    for view in views.of_form(asker.connection, asker.workspace, key):
        if not _names(view.state, field):
            continue
        if view.owner not in ("", asker.member):
            private += 1
            continue
        text = sentence("used_by_view", asker.language, {"name": view.name})
        yield {"part": "views", "where": f"views.{view.id}", "text": text}
    if private:
        text = sentence("used_by_views_of_others", asker.language, {"count": private})
        yield {"part": "views", "where": "views", "text": text}


def _names(state: dict[str, Any], field: str) -> bool:
    """Whether a view asks by the field, sorts by it or shows it."""
    asked = [*state.get("columns", ()), *(one["field"] for one in state.get("sort", ())), *_asked(state.get("filter"))]
    return any(path.partition(".")[0] == field for path in asked)


def _asked(filter: Any) -> Iterator[str]:
    """The paths that a kept filter names, in its formulas too."""
    for condition in conditions(parse_filter(filter)):
        tree = tree_of(str(condition.value)) if condition.op == HOLDS else None
        yield from [".".join(path) for path in references(tree)] if tree is not None else [condition.field]
