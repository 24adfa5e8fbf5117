"""New workspaces, and apps from templates 安装: a manifest is copied, not its contents."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from builder.definition import App, Audience, Form, MenuGroup, PermissionGroup
from builder.field import Field
from builder.locales import in_language
from builder.parts import digest, to_parts
from builder.problem import forbidden, invalid, missing
from runtime import describe, sampling
from runtime.ports import AppHead, Version
from server import wiring
from server.asker import Asker, Visitor
from server.store import identity, members
from server.store.members import Role
from server.transaction import briefly
from server.wiring import Template

ZONES = {"zh-CN": "Asia/Shanghai", "en": "Asia/Shanghai"}
MOST_APPS = 100
BATCH = 50


def new_workspace(visitor: Visitor, name: str, language: str, until: datetime | None, address: str = "") -> str:
    """Keep a new, empty workspace; answers its id."""
    now = visitor.state.clock.now()
    id = str(visitor.state.ids.new())
    head = identity.Workspace(id, name, ZONES[language], language, until, now, address, 1, 1)
    identity.add_workspace(visitor.connection, head)
    return id


def add(asker: Asker, template: str, samples: bool, name: str) -> dict[str, Any]:
    """Add an app from a template (sample people are the asker himself), or an empty one; administrators only."""
    if not asker.actor.admin:
        raise forbidden("admins_only")
    if len(asker.world.definitions.apps()) >= MOST_APPS:
        raise invalid("too_many_apps", limit=MOST_APPS)
    if not template:
        return _blank(asker, name)
    found = asker.state.template(template)
    if found is None:
        raise missing("no_such_template")
    told = found.samples.people
    people = {str(one["id"]): asker.member for one in told.get("members", [])}
    return install(asker, template, renamed(found, name.strip()), samples, people)


def renamed(template: Template, name: str) -> Template:
    """The template under the name that the asker gave it, in every language; as it is without one."""
    if not name:
        return template
    locales = {part: {**words, "name": name} for part, words in template.parts.items() if part.startswith("locales/")}
    parts = {**template.parts, **locales, "app": {**template.parts["app"], "name": name}}
    app = template.app.model_copy(update={"name": name})
    return Template(app, template.samples, parts, {part: digest(value) for part, value in parts.items()})


def install(asker: Asker, name: str, template: Template, samples: bool, people: Mapping[str, str]) -> dict[str, Any]:
    """Copy a template's manifest into the workspace, bring its roles along and, if asked, its samples."""
    live = place(asker, template.app, template.parts, template.manifest, name)
    if samples:
        departments = {str(one["id"]): str(one["id"]) for one in template.samples.people.get("departments", [])}
        known = asker.world.directory.departments()
        own = {key: id for key, id in departments.items() if id in known}
        first = next(iter(known), "")
        there = {key: own.get(key, first) for key in departments}
        sampling.load(asker.gate, live.id, template.samples, people, there)
    head = asker.world.definitions.app(live.id)
    assert head is not None
    return describe.head_of(head, asker.gate.app(live.id))


def place(
    asker: Asker, app: App, parts: Mapping[str, Any], manifest: Mapping[str, str], template: str = "", message: str = ""
) -> AppHead:
    """Make an app of these parts the workspace's own, as version 1, under an id that is free."""
    id = free_id(asker, app.id)
    asker.world.definitions.keep({manifest[part]: value for part, value in parts.items()})
    head = AppHead(id, app.name, app.icon, app.color, 1, manifest, manifest, 1, template, manifest if template else {})
    asker.world.definitions.save(head)
    version = Version(id, 1, manifest, asker.state.clock.now(), asker.member, message)
    asker.world.definitions.publish(version)
    bring_roles(asker, app)
    return head


def bring_roles(asker: Asker, app: App) -> None:
    """The app's roles that the workspace does not have yet, named in the asker's language."""
    known = asker.world.directory.roles()  # type: ignore[attr-defined]
    spoken = in_language(app, asker.language)
    fresh = [Role(role.id, role.name) for role in spoken.roles if role.id not in known]
    if fresh:
        members.put_roles(asker.connection, asker.workspace, fresh)


def free_id(asker: Asker, wanted: str) -> str:
    """`wanted`, or with a number behind it when the workspace has such an app."""
    taken = {head.id for head in asker.world.definitions.apps()}
    numbered = (f"{wanted}_{number}" for number in range(2, MOST_APPS + 2))
    return wanted if wanted not in taken else next(id for id in numbered if id not in taken)


def clear_samples(asker: Asker, app: str) -> None:
    """Put the sample records into the recycle bin, a batch in each transaction: others go on writing in between."""
    for form, ids in sampling.samples(asker.gate, app):
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            briefly(asker.state.engine, partial(_clear, asker, app, form, some))


def _clear(asker: Asker, app: str, form: str, ids: list[str], connection: Connection) -> None:
    sampling.clear(wiring.again(asker, connection).gate, app, form, ids)


def _blank(asker: Asker, name: str) -> dict[str, Any]:
    """An app with one empty form, open to everybody in the workspace."""
    if not name.strip():
        raise invalid("required", "name", label="name")
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    id = words if re.match(r"^[a-z][a-z0-9_]{1,40}$", words) else "app"
    title = "标题" if asker.language == "zh-CN" else "Title"
    first = Field.model_validate({"id": "title", "type": "text", "label": title, "required": True})
    whole = PermissionGroup(id="everyone", name="全员" if asker.language == "zh-CN" else "Everyone",
                            to=Audience(everyone=True), operations=("create", "read", "update", "delete"))  # fmt: skip
    form_name = "表单 1" if asker.language == "zh-CN" else "Form 1"
    form = Form(id="form1", name=form_name, title="title", fields=(first,), groups=(whole,))
    app = App(id=id, name=name.strip(), menu=(MenuGroup(id="main", items=("form:form1",)),), forms={"form1": form})
    parts = to_parts(app)
    head = place(asker, app, parts, {part: digest(value) for part, value in parts.items()})
    return describe.head_of(head, asker.gate.app(head.id))
