"""Saving the way one looks at a list 视图: one's own, or as an administrator everybody's; and what one prefers there.

A view is a question, so it goes through the asker's grant like any other: one that names a field which he may not
read is not told to him, and columns that he may not read fall away.
"""

from dataclasses import replace
from typing import Any

from builder.definition import View
from builder.filter import parse_filter
from builder.problem import Invalid, conflict, forbidden, missing
from builder.respelling import filter_respelled
from runtime import asking
from runtime.live import LiveForm
from server.asker import Asker
from server.store import views
from server.store.views import SavedView

MOST_OWN, MOST_SHARED, MOST_LOOKS = 50, 100, 200


def listed(asker: Asker, app: str, form: str) -> dict[str, Any]:
    """The views that the asker may use beside the form's own, and what he prefers."""
    live = _readable(asker, app, form)
    found = views.views_of(asker.connection, asker.workspace, live.key, asker.member)
    told = [_told(asker, live, one) for one in found]
    habit = views.habit(asker.connection, asker.workspace, asker.member, live.key)
    return {
        "views": [one for one in told if one is not None],
        "start": habit.get("start", ""),
        "looks": {view: _look(asker, live, look) for view, look in habit.get("looks", {}).items()},
    }


def _readable(asker: Asker, app: str, form: str) -> LiveForm:
    live = asker.gate.form(app, form)
    asker.gate.need(live, "read")
    return live


def _told(asker: Asker, live: LiveForm, one: SavedView) -> dict[str, Any] | None:
    """The view as the asker may know it; a shared one that asks what he may not know is not there for him."""
    mine = one.owner == asker.member or (asker.actor.admin and not one.owner)
    state, sound = one.state, _sound(asker, live, one.state)
    if not sound and not mine:
        return None
    base = state.get("base", "")
    known = {view.id for view in live.form.views}
    return {
        "id": one.id, "name": one.name, "shared": not one.owner, "mine": mine, "sound": sound,
        "base": base if base in known else "",
        "filter": state.get("filter") if sound else None, "sort": state.get("sort", []) if sound else [],
        **_look(asker, live, state),
    }  # fmt: skip


def _sound(asker: Asker, live: LiveForm, state: dict[str, Any]) -> bool:
    try:
        _judge(asker, live, state)
    except Invalid:
        return False
    return True


def _judge(asker: Asker, live: LiveForm, state: dict[str, Any]) -> None:
    """Raise `Invalid` for a question that the asker may not put."""
    asking.ask(asker.gate, live, {"filter": state.get("filter"), "sort": state.get("sort") or [], "limit": 1})


def _look(asker: Asker, live: LiveForm, look: dict[str, Any]) -> dict[str, Any]:
    """Columns and widths, cut to what the asker may read."""
    grant = asker.gate.grant(live, "read")

    def may(field: str) -> bool:
        return (field in live.columns or field in live.fields) and grant.covers((field,))

    return {
        "columns": [field for field in look.get("columns") or [] if may(field)],
        "widths": {field: width for field, width in (look.get("widths") or {}).items() if may(field)},
    }


def _own(asker: Asker, live: LiveForm, id: str) -> SavedView:
    """A view that the asker may change; raises `Missing`, or `Forbidden` for a shared one that he may use."""
    found = views.views_of(asker.connection, asker.workspace, live.key, asker.member)
    one = next((view for view in found if view.id == id), None)
    if one is None or _told(asker, live, one) is None:
        raise missing("no_such_view", view=id)
    if one.owner != asker.member and not asker.actor.admin:
        raise forbidden("admins_only")
    return one


def add(asker: Asker, app: str, form: str, name: str, shared: bool, state: dict[str, Any]) -> dict[str, Any]:
    """Save a view; a shared one is an administrator's to make."""
    live = _readable(asker, app, form)
    if shared and not asker.actor.admin:
        raise forbidden("admins_only")
    _judge(asker, live, state)
    owner, most = ("", MOST_SHARED) if shared else (asker.member, MOST_OWN)
    if views.count(asker.connection, asker.workspace, live.key, owner) >= most:
        raise conflict("too_many_views", most=most)
    one = SavedView(asker.state.ids.new(), live.key, owner, name.strip(), _kept(asker, live, state),
                    asker.state.clock.now())  # fmt: skip
    views.add(asker.connection, asker.workspace, one)
    told = _told(asker, live, one)
    assert told is not None
    return told


def _kept(asker: Asker, live: LiveForm, state: dict[str, Any]) -> dict[str, Any]:
    asked = {key: state[key] for key in ("base", "filter", "sort") if state.get(key)}
    if "filter" in asked:
        asked["filter"] = filter_respelled(parse_filter(asked["filter"]), live.scope).dump()
    return asked | {key: value for key, value in _look(asker, live, state).items() if value}


def edit(asker: Asker, app: str, form: str, id: str, name: str | None, state: dict[str, Any] | None) -> dict[str, Any]:
    """Another name or another state. What one preferred in the view before gives way to its new state."""
    live = _readable(asker, app, form)
    one = _own(asker, live, id)
    if state is not None:
        _judge(asker, live, state)
        _prefer(asker, live, id, None)
    after = replace(one, name=one.name if name is None else name.strip(),
                    state=one.state if state is None else _kept(asker, live, state))  # fmt: skip
    views.change(asker.connection, asker.workspace, id, name=after.name, state=after.state)
    told = _told(asker, live, after)
    assert told is not None
    return told


def remove(asker: Asker, app: str, form: str, id: str) -> None:
    """Remove a view."""
    live = _readable(asker, app, form)
    views.drop(asker.connection, asker.workspace, _own(asker, live, id).id)
    _prefer(asker, live, id, None)


def prefer(asker: Asker, app: str, form: str, start: str | None, view: str, look: dict[str, Any] | None) -> None:
    """Which view a list begins with (None: as before), and the asker's columns and widths in one of them."""
    live = _readable(asker, app, form)
    if start:
        _known_view(asker, live, start)
    if view:
        _known_view(asker, live, view)
        _prefer(asker, live, view, _look(asker, live, look) if look else None)
    if start is not None:
        _change_habit(asker, live, start=start)


def _known_view(asker: Asker, live: LiveForm, id: str) -> None:
    own: list[View] = [view for view in live.form.views if view.id == id]
    found = views.views_of(asker.connection, asker.workspace, live.key, asker.member)
    saved = [one for one in found if one.id == id and _told(asker, live, one) is not None]
    if not own and not saved and id != "-":
        raise missing("no_such_view", view=id)


def _prefer(asker: Asker, live: LiveForm, view: str, look: dict[str, Any] | None) -> None:
    habit = views.habit(asker.connection, asker.workspace, asker.member, live.key, lock=True)
    looks = {key: value for key, value in habit.get("looks", {}).items() if key != view}
    if look is not None and (look["columns"] or look["widths"]):
        looks[view] = look
    _change_habit(asker, live, looks=dict(list(looks.items())[-MOST_LOOKS:]))


def _change_habit(asker: Asker, live: LiveForm, **changes: Any) -> None:
    habit = views.habit(asker.connection, asker.workspace, asker.member, live.key, lock=True)
    views.keep_habit(asker.connection, asker.workspace, asker.member, live.key, {**habit, **changes})
