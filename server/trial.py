"""Trying without signing up 立即体验: a workspace with a small company and sample data, bound to a cookie."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from builder.problem import Forbidden, Problem, TooMany, missing
from runtime.ports import Department, Member
from server import identity as signing
from server import installing, wiring
from server.asker import Asker, Visitor
from server.store import identity, members
from server.wiring import Template


def start(visitor: Visitor, language: str, template: str) -> dict[str, Any]:
    """A fresh trial; limited per address and day; answers the visitor's session."""
    visitor.language = language
    now, settings = visitor.state.clock.now(), visitor.settings
    address = hashlib.sha256(wiring.neighbourhood(visitor.address).encode()).hexdigest()
    if identity.trials_since(visitor.connection, address, now - timedelta(days=1)) >= settings.trials_per_address:
        raise TooMany(Problem("too_many_trials"))
    found = visitor.state.template(template)
    if found is None:
        raise missing("no_such_template")
    until = now + timedelta(days=settings.trial_days)
    workspace = installing.new_workspace(visitor, _name(found, language), language, until, address)
    identity.note_trial(visitor.connection, address, now, workspace)
    people = _company(visitor, workspace, found, language)
    owner = people[_visitor_key(found)]
    asker = signing.open_session(visitor, workspace, owner, "", settings.trial_days)
    installing.install(asker, template, found, True, people)
    return signing.described(wiring.admit(visitor))


def _name(template: Template, language: str) -> str:
    people = template.samples.people
    return str(people.get("name_en" if language == "en" else "name") or template.app.name)


def _visitor_key(template: Template) -> str:
    listed = template.samples.people.get("members", [])
    return str(next((one["id"] for one in listed if one.get("visitor")), listed[0]["id"]))


def _company(visitor: Visitor, workspace: str, template: Template, language: str) -> dict[str, str]:
    """The template's small company in the workspace: sample key → member id."""
    told = template.samples.people

    def word(one: Mapping[str, Any], key: str) -> str:
        return str((one.get(f"{key}_en") if language == "en" else None) or one.get(key) or "")

    ids = {str(one["id"]): visitor.state.ids.new() for one in told.get("members", [])}
    departments = [
        Department(
            one["id"], word(one, "name"), one.get("parent", ""), tuple(ids[head] for head in one.get("heads", []))
        )
        for one in told.get("departments", [])
    ]
    people = [
        Member(ids[one["id"]], word(one, "name"), (one["department"],), tuple(one.get("roles", ())),
               bool(one.get("admin")), title=word(one, "title"))
        for one in told.get("members", [])
    ]  # fmt: skip
    members.add_members(visitor.connection, workspace, people, visitor.state.clock.now())
    members.put_departments(visitor.connection, workspace, departments)
    return ids


def play(asker: Asker, member: str) -> dict[str, Any]:
    """In a trial: act as another member, with that member's rights and no more."""
    found = asker.world.directory.members().get(member)
    if not asker.trial or not asker.by_cookie:
        raise Forbidden(Problem("trial_only"))
    if found is None or not found.enabled:
        raise missing("not_found")
    identity.change_session(asker.connection, wiring.hashed(asker.token), member=member)
    return signing.described(wiring.admit(asker))


def keep(asker: Asker, name: str, email: str, password: str, workspace: str) -> dict[str, Any]:
    """Make the trial a workspace for good, owned by a new account; the visitor acts as himself again."""
    if not asker.trial:
        raise Forbidden(Problem("trial_only"))
    account = signing.new_account(asker, name, email, password)
    owner = asker.world.directory.members()[asker.owner]
    kept = replace(owner, name=name.strip(), email=email.strip().lower(), admin=True)
    members.change_member(asker.connection, asker.workspace, kept)
    members.bind_account(asker.connection, asker.workspace, asker.owner, account)
    named = {"name": workspace.strip()} if workspace.strip() else {}
    identity.change_workspace(asker.connection, asker.workspace, trial_until=None, **named)
    identity.close_session(asker.connection, wiring.hashed(asker.token))
    return signing.described(signing.open_session(asker, asker.workspace, asker.owner, account))
