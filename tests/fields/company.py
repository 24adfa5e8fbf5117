"""A company with one form of any fields 任意表单, on the world in memory."""

from typing import Any

from builder.access import Actor
from builder.definition import App
from builder.parts import manifest_of, to_parts
from runtime.gate import Gate
from runtime.live import Library
from runtime.memory import Memory
from runtime.ports import AppHead, Department, Member, StoredFile
from tests.fields.table import DEPARTMENTS, PEOPLE, TITLES
from tests.store.worlds import make

MEMBERS = tuple(Member(id, name, departments=("sales",), admin=id == "ann") for id, name in PEOPLE.items())
TREE = tuple(Department(id, name, parent="" if id == "head" else "head") for id, name in DEPARTMENTS.items())
OTHER = {"id": "other", "name": "Other", "fields": [{"id": "name", "type": "text", "label": "Name"}]}


def open_company(fields: list[dict[str, Any]], **form: Any) -> Gate:
    """The door of a company whose app has these fields in its form, opened for its administrator."""
    memory = Memory(MEMBERS, TREE)
    whole = {"id": "form", "name": "Form", "title": "title", "fields": fields, **form}
    app = App.model_validate({"id": "app", "name": "App", "forms": {"form": whole, "other": OTHER}})
    parts = to_parts(app)
    manifest = manifest_of(parts)
    memory.definitions.keep({manifest[name]: part for name, part in parts.items()})
    memory.definitions.save(AppHead("app", "App", "app", "blue", 1, manifest, manifest, 1))
    memory.records.insert([make(id, {"name": name}, "app.other", title=name) for id, name in TITLES.items()], [], {})
    gate = Gate(memory.world(), Actor("member", "ann", admin=True), "zh-CN", Library())
    memory.files.files["file000001"] = StoredFile("file000001", "a.png", 12, "image/png", "0" * 64, "ann")
    return gate


def seen_by(gate: Gate, member: str) -> Gate:
    """The same company for somebody else."""
    person = gate.world.directory.members()[member]
    actor = Actor("member", member, frozenset(person.roles), frozenset(person.departments), person.admin)
    return Gate(gate.world, actor, gate.language, gate.library)
