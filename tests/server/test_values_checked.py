"""Stored values equal a computation from scratch, whatever happened in which order 联动一致性."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, update
from typer.testing import CliRunner

from builder.access import Actor
from runtime import records
from runtime.gate import Gate
from server import values_checked, worker
from server.cli import cli
from server.store import tables
from server.store.world import revisions_of, world
from server.transaction import transaction
from tests.server.site import Person, Site, open_site
from tests.server.test_ripple import APP, EVERYONE, publish, values

NUMBER = {"type": "number"}
RATE = {
    "id": "rate", "name": "Rate", "title": "code", "groups": [EVERYONE],
    "fields": [
        {"id": "code", "type": "text", "label": "Code"},
        {"id": "amount", "label": "Amount", **NUMBER},
        {"id": "double", "label": "Double", **NUMBER, "formula": "amount * 2"},
        {"id": "used", "type": "rollup", "label": "Used", "form": "item", "by": "rate", "operation": "sum",
         "field": "pieces"},
    ],
}  # fmt: skip
ITEM = {
    "id": "item", "name": "Item", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "code", "type": "text", "label": "Code"},
        {"id": "rate", "type": "reference", "label": "Rate", "form": "rate", "on_delete": "clear",
         "fill": {"first": "amount"}},
        {"id": "rates", "type": "references", "label": "Rates", "form": "rate", "on_delete": "clear"},
        {"id": "first", "label": "First", **NUMBER},
        {"id": "pieces", "label": "Pieces", **NUMBER},
        {"id": "cost", "label": "Cost", **NUMBER, "formula": "pieces * rate.double"},
        {"id": "all", "label": "All", **NUMBER, "formula": "SUM(rates.amount)"},
        {"id": "looked", "label": "Looked", **NUMBER, "formula": 'MAPX("sum", code, "rate", "code", "double")'},
        {"id": "lines", "type": "subform", "label": "Lines", "fields": [
            {"id": "part", "type": "text", "label": "Part"},
            {"id": "price", "label": "Price", **NUMBER, "formula": 'MAPX("max", part, "rate", "code", "amount")'},
        ]},
        {"id": "box", "type": "reference", "label": "Box", "form": "box", "on_delete": "clear"},
    ],
}  # fmt: skip
BOX = {
    "id": "box", "name": "Box", "title": "name", "groups": [EVERYONE],
    "fields": [
        {"id": "name", "type": "text", "label": "Name"},
        {"id": "total", "type": "rollup", "label": "Total", "form": "item", "by": "box", "operation": "sum",
         "field": "cost"},
        {"id": "found", "type": "rollup", "label": "Found", "form": "item", "by": "box", "operation": "max",
         "field": "looked"},
        {"id": "twice", "label": "Twice", **NUMBER, "formula": "total * 2 + found"},
    ],
}  # fmt: skip
FORMS = (RATE, ITEM, BOX)


def stale(site: Site) -> list[Any]:
    """What holds something else than a computation from scratch comes to."""
    return values_checked.examine(site.wired)


def stored(connection: Connection, form: str, id: str, **wrong: Any) -> None:
    """Write values beside the machine."""
    where = (tables.record.c.form == f"crm.{form}") & (tables.record.c.id == id)
    connection.execute(update(tables.record).where(where).values({"values": wrong}))


@pytest.fixture
def ann(any_site: Site) -> Person:
    """An administrator whose items cost what rates say, in boxes that sum them up."""
    person = any_site.owner()
    publish(person, *FORMS)
    any_site.work()
    return person


def test_what_was_written_beside_the_machine_is_found_and_mended(any_site: Site, ann: Person) -> None:
    """A formula, a gathered number and what follows from it."""
    rate, box = ann.add("rate", code="A", amount="3")["id"], ann.add("box", name="B")["id"]
    item = ann.add("item", name="I", code="A", rate=rate, pieces="2", box=box, lines=[{"part": "A"}])["id"]
    any_site.work()
    assert stale(any_site) == []
    held = values(ann, "box", box)
    with transaction(any_site.wired.engine) as connection:
        stored(connection, "box", box, name="B", total="999", twice="1", found=held["found"])
    found = stale(any_site)
    assert [each[1] for each in found] == [("crm", "box", box, ("total", "twice"))]
    values_checked.mend(any_site.wired, found)
    assert stale(any_site) == []
    assert [values(ann, "box", box)[name] for name in ("total", "twice")] == ["12", "30"]
    assert values(ann, "item", item)["cost"] == "12"


def test_the_command_says_what_is_stale_and_mends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 1 while something is, 0 once it is mended."""
    monkeypatch.setenv("QIAOBAN_HOME", str(tmp_path))
    site = open_site(tmp_path)
    ann = site.owner()
    publish(ann, *FORMS)
    site.work()
    box = ann.add("box", name="B")["id"]
    with transaction(site.wired.engine) as connection:
        stored(connection, "box", box, name="B", total="5")
    told = CliRunner().invoke(cli, ["doctor", "--values"])
    assert told.exit_code == 1
    assert all(said in told.output for said in ("value_stale", box))
    assert CliRunner().invoke(cli, ["doctor", "--mend"]).exit_code == 0
    assert CliRunner().invoke(cli, ["doctor", "--values"]).exit_code == 0
    site.wired.engine.dispose()


def test_a_record_that_comes_out_of_the_bin_follows_what_happened_meanwhile(any_site: Site, ann: Person) -> None:
    rate = ann.add("rate", code="A", amount="1")["id"]
    item = ann.add("item", name="I", code="A", rate=rate, pieces="2")["id"]
    ann.post(f"{ann.records('item')}/delete", {"ids": [item]})
    ann.edit("rate", rate, {"amount": "1"}, amount="5")
    any_site.work()
    ann.post(f"{ann.records('item')}/restore", {"ids": [item]})
    assert [values(ann, "item", item)[name] for name in ("cost", "looked")] == ["20", "10"]


def gate_of(site: Site, connection: Connection, workspace: str, member: str) -> Gate:
    """A member's view within a transaction of his own."""
    wired = site.wired
    revisions = revisions_of(connection, workspace)
    around = world(connection, workspace, wired.caches, wired.clock, wired.ids, revisions)
    return Gate(around, Actor("member", member, admin=True), "en", wired.compiled)


@pytest.mark.postgres
@pytest.mark.parametrize("reader_ends_first", [True, False])
@pytest.mark.parametrize("reader_begins_first", [True, False])
def test_who_follows_a_record_while_it_changes_is_not_overlooked(
    empty_postgres_url: str, tmp_path: Path, reader_begins_first: bool, reader_ends_first: bool
) -> None:
    """Neither of two open transactions sees the other's; whoever comes and goes first, the worker sets it right."""
    site = open_site(tmp_path, empty_postgres_url)
    ann = site.owner()
    publish(ann, *FORMS)
    site.work()
    session = ann.get("/api/session")
    who = (session["workspace"]["id"], session["member"]["id"])
    rate = ann.add("rate", code="A", amount="1")["id"]
    with ExitStack() as one, ExitStack() as other:
        reading = one.enter_context(transaction(site.wired.engine))
        writing = other.enter_context(transaction(site.wired.engine))

        def read() -> None:
            added = {"name": "new", "code": "A", "lines": [{"part": "A"}]}
            records.submit(gate_of(site, reading, *who), "crm", "item", added)

        def write() -> None:
            records.edit(gate_of(site, writing, *who), "crm", "rate", rate, {"amount": "7"}, {"amount": "1"})

        for step in (read, write) if reader_begins_first else (write, read):
            step()
        for end in (one, other) if reader_ends_first else (other, one):
            end.close()
    left = ann.get(f"{APP}/forms/item/recomputing")["left"]
    assert left > 0, "visibly marked"
    while ann.get(f"{APP}/forms/item/recomputing")["left"]:
        make_due(site)
        site.work()
    assert stale(site) == []
    [item] = ann.list("item")["records"]
    assert values(ann, "item", item["id"])["looked"] == "14"
    site.wired.engine.dispose()


def make_due(site: Site) -> None:
    """What waits for a moment is due now."""
    now = site.wired.clock.now()
    with transaction(site.wired.engine) as connection:
        connection.execute(update(tables.job).where(tables.job.c.due_at > now).values(due_at=now))


@dataclass
class History:
    """A random history of three forms that follow each other."""

    person: Person
    chance: Random
    held: dict[str, list[str]] = field(default_factory=lambda: {"rate": [], "item": [], "box": []})
    gone: dict[str, list[str]] = field(default_factory=lambda: {"rate": [], "item": [], "box": []})

    def one(self, form: str) -> str | None:
        """One of the form's records, or none."""
        return self.chance.choice([None, *self.held[form], *self.held[form]])

    def code(self) -> str | None:
        """What rates are looked up by."""
        return self.chance.choice(["A", "B", None])

    def number(self) -> str | None:
        """A number or none."""
        return self.chance.choice(["1", "2.5", "-3", "4", None])

    def add(self) -> None:
        """A rate, a box, or an item of some rates in some box."""
        form = self.chance.choice(["rate", "item", "item", "box"])
        rates = sorted({one for one in (self.one("rate"), self.one("rate")) if one})
        given: dict[str, Any] = {
            "rate": {"code": self.code(), "amount": self.number()},
            "box": {"name": "box"},
            "item": {**self.item(), "name": "item", "rates": rates or None, "lines": [{"part": self.code()}]},
        }[form]
        self.held[form].append(self.person.add(form, **given)["id"])

    def item(self) -> dict[str, Any]:
        """What may change of an item."""
        return {"code": self.code(), "rate": self.one("rate"), "box": self.one("box"), "pieces": self.pieces()}

    def pieces(self) -> str | None:
        """What fits both types of the field."""
        return self.chance.choice(["1", "2", "4", None])

    def change(self) -> None:
        """Others follow it, or it follows others from now on."""
        form = self.chance.choice(["rate", "item"])
        id, given = self.one(form), {"rate": {"code": self.code(), "amount": self.number()}, "item": self.item()}[form]
        if id:
            self.person.edit(form, id, {}, **given)

    def delete(self) -> None:
        """Into the bin."""
        form = self.chance.choice(["rate", "item", "box"])
        if id := self.one(form):
            self.person.post(f"{self.person.records(form)}/delete", {"ids": [id]})
            self.held[form].remove(id)
            self.gone[form].append(id)

    def restore(self) -> None:
        """And out of it."""
        form = self.chance.choice(["rate", "item", "box"])
        if self.gone[form]:
            id = self.gone[form].pop()
            self.person.post(f"{self.person.records(form)}/restore", {"ids": [id]})
            self.held[form].append(id)

    def retype(self) -> None:
        """The pieces become stars, or a number again."""
        kind = self.chance.choice(["rating", "number"])
        fields = [{**one, "type": kind} if one["id"] == "pieces" else one for one in ITEM["fields"]]
        publish(self.person, {**ITEM, "fields": fields})

    def work(self) -> None:
        """The worker comes by, for one turn."""
        worker.work(self.person.site.wired, "test", most=1)

    def step(self) -> None:
        """Something happens."""
        deeds = (self.add, self.change, self.delete, self.restore, self.work, self.retype)
        self.chance.choices(deeds, (10, 10, 3, 3, 6, 0.6))[0]()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_history_every_value_is_what_a_fresh_computation_comes_to(any_site: Site, seed: int) -> None:
    """Added, changed, deleted, restored, retyped, with the worker in between: right, or marked as on its way."""
    ann = any_site.owner()
    publish(ann, *FORMS)
    any_site.work()
    history = History(ann, Random(seed))
    for _ in range(12):
        for _ in range(5):
            history.step()
        assert stale(any_site) == [], "right at any moment, or marked"
    any_site.work()
    assert [ann.get(f"{APP}/forms/{form}/recomputing")["left"] for form in history.held] == [0, 0, 0]
    assert stale(any_site) == []
