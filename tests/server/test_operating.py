"""What an operator does at the desk 运维: folders of JSON out and in, checks, backups, people."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from server.cli import cli
from tests.server.site import Person, Site, open_site

CRM = "/api/apps/crm"
TEMPLATE = Path(__file__).parents[2] / "templates" / "crm"


@pytest.fixture
def other(tmp_path: Path, empty_postgres_url: str) -> Iterator[Site]:
    """A site on the other database, with nobody in it."""
    site = open_site(tmp_path / "other", empty_postgres_url)
    yield site
    for client in site.clients:
        client.close()
    site.wired.engine.dispose()


def desk(site: Site, *words: str, fails: bool = False, typed: str = "") -> Result:
    """`qiaoban …` on the site's database."""
    settings = site.wired.settings
    own = {"QIAOBAN_HOME": str(settings.home), "QIAOBAN_DATABASE_URL": settings.database_url}
    result = CliRunner().invoke(cli, list(words), env=own, input=typed)
    assert (result.exit_code != 0) is fails, result.output + str(result.exception)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {str(place.relative_to(folder)): place.read_bytes() for place in folder.rglob("*") if place.is_file()}


def changed(person: Person) -> None:
    """An app that was changed in the designer."""
    draft = person.get(f"{CRM}/draft")
    value, base = draft["parts"]["forms/customer"], draft["hashes"]["forms/customer"]
    value["fields"].append({"id": "heard_from", "type": "text", "label": "=1+1 从哪里听说 '\"<b>"})
    saved = person.ask("PUT", f"{CRM}/draft/forms/customer", {"value": value, "base": base})
    person.post(f"{CRM}/publish", {"revision": saved["revision"]}, 201)


def test_a_changed_app_goes_home_and_into_the_other_database(site: Site, other: Site, tmp_path: Path) -> None:
    """The same app there, the same bytes when it is written again, and it works."""
    changed(site.owner())
    first, second, third = (tmp_path / name / "crm" for name in ("first", "second", "third"))
    desk(site, "export", "crm", str(first))
    desk(site, "export", "crm", str(second))
    assert contents(first) == contents(second)
    desk(site, "check", str(first))
    bob = other.visitor()
    body = {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}
    bob.post("/api/signup", body, 201)
    desk(other, "import", str(first))
    desk(other, "export", "crm", str(third))
    assert contents(third) == contents(first)
    assert bob.add("customer", name="Ltd", heard_from="a friend")["values"]["heard_from"] == "a friend"
    assert len(bob.get("/api/directory")["roles"]) == 4


def test_an_app_that_is_there_already_gets_a_new_version(site: Site, tmp_path: Path) -> None:
    """Records and the older version stay; the same folder again changes nothing."""
    ann = site.owner()
    ann.add("customer", name="Ltd")
    changed(ann)
    assert "version 3" in desk(site, "import", str(TEMPLATE)).output
    assert "same already" in desk(site, "import", str(TEMPLATE)).output
    assert ann.list("customer")["records"][0]["title"] == "Ltd"
    assert [version["number"] for version in ann.get(f"{CRM}/versions")] == [3, 2, 1]


@pytest.mark.parametrize(("kind", "version"), [("attachment", 1), ("number", 2)])
def test_a_folder_with_another_type_for_a_field_that_is_in_use_is_judged_as_the_designer_does(
    site: Site, tmp_path: Path, kind: str, version: int
) -> None:
    """Refused where no value can be converted; else the values are converted, and kept aside when they cannot be."""
    ann = site.owner()
    ann.add("customer", name="Ltd", address="1 Main Street")
    folder = copied(tmp_path)
    form = json.loads((folder / "forms/customer.json").read_text())
    form["fields"] = [
        {"id": "address", "type": kind, "label": "x"} if field["id"] == "address" else field for field in form["fields"]
    ]
    (folder / "forms/customer.json").write_text(json.dumps(form))
    said = desk(site, "import", str(folder), fails=version == 1).output
    assert (" / " in said) is (version == 1)
    assert ann.get(f"{CRM}/versions")[0]["number"] == version
    assert [one["state"] for one in ann.get(f"{CRM}/retypings")] == ["running"] * (version - 1)


def copied(home: Path) -> Path:
    """A copy of the template to spoil."""
    for path, raw in contents(TEMPLATE).items():
        (home / "crm" / path).parent.mkdir(parents=True, exist_ok=True)
        (home / "crm" / path).write_bytes(raw)
    return home / "crm"


TYPOS: dict[str, tuple[str, Any, str]] = {
    "an unknown setting": ("forms/customer.json", lambda raw: raw["fields"][1].update(requierd=True), "requierd"),
    "an unknown type": ("forms/customer.json", lambda raw: raw["fields"][1].update(type="txet"), "fields"),
    "a reference to nothing": ("forms/contact.json", lambda raw: raw["fields"][1].update(form="custmer"), "custmer"),
    "a view of nothing": ("forms/customer.json", lambda raw: raw["columns"].append("nmae"), "nmae"),
    "an exit into nothing": (
        "workflows/contract.json",
        lambda raw: raw["nodes"]["draft"]["on"].update(submit="x"),
        "draft",
    ),
    "a formula": ("forms/product.json", lambda raw: raw["fields"][9].update(formula="list_pirce * 2"), "list_pirce"),
}


@pytest.mark.parametrize("name", list(TYPOS))
@pytest.mark.parametrize("command", ["check", "import"])
def test_a_typo_is_told_with_file_path_and_sentence(site: Site, tmp_path: Path, command: str, name: str) -> None:
    """In both languages, and nothing is brought in."""
    ann = site.visitor()
    ann.post("/api/signup", {"name": "Ann", "email": "a@example.com", "password": "correct horse"}, 201)
    folder = copied(tmp_path)
    file, spoil, word = TYPOS[name]
    definition = json.loads((folder / file).read_text())
    spoil(definition)
    (folder / file).write_text(json.dumps(definition, ensure_ascii=False))
    told = desk(site, command, str(folder), fails=True).output
    assert file in told
    assert word in told
    assert " / " in told
    assert ann.get("/api/apps") == []


def test_a_file_that_is_no_json_is_told_with_its_line(site: Site, tmp_path: Path) -> None:
    """Not a traceback."""
    folder = tmp_path / "crm"
    (folder / "forms").mkdir(parents=True)
    (folder / "app.json").write_text('{"id": "crm",\n "name": }')
    told = desk(site, "check", str(folder), fails=True).output
    assert "app.json" in told
    assert "2" in told
    assert "Traceback" not in told


def everything(person: Person) -> dict[str, Any]:
    """What a person can see of the workspace."""
    forms = ("customer", "contact", "opportunity", "contract", "payment", "product", "follow_up", "lead", "target")
    page = {form: person.list(form, limit=200, exact=True) for form in forms}
    for form in forms:
        page[form].pop("next")
        page[form]["records"].sort(key=lambda record: record["id"])
    contracts = [record["id"] for record in page["contract"]["records"]]
    history = [person.get(f"{person.records('contract')}/{id}/history") for id in contracts]
    flows = [person.get(f"{person.records('contract')}/{id}/flow") for id in contracts]
    for flow in flows:
        for line in (flow or {}).get("timeline", []):
            line.pop("seconds")
    versions, draft = person.get(f"{CRM}/versions"), person.get(f"{CRM}/draft")
    people, todo = person.get("/api/directory"), person.get("/api/tasks/boxes/todo")
    return {"page": page, "history": history, "flows": flows, "versions": versions, "draft": draft, "people": people,
            "todo": todo}  # fmt: skip


def test_a_backup_goes_into_the_other_database_with_everything(site: Site, other: Site, tmp_path: Path) -> None:
    """Records, history, workflows, versions, people, passwords, sessions and files: compared."""
    ann = site.owner(samples=True)
    changed(ann)
    file = ann.post("/api/files", files={"file": ("a.txt", b"kept")}, status=201)
    ann.add("customer", name="Ltd", files=[{"id": file["id"], "name": "a.txt"}])
    place = tmp_path / "backup.zip"
    desk(site, "backup", str(place))
    other.wired.engine.dispose()
    desk(other, "restore", str(place))
    again = other.visitor()
    again.post("/api/signin", {"email": "ann@example.com", "password": "correct horse"})
    assert everything(again) == everything(ann)
    assert again.client.get(f"/api/files/{file['id']}").content == b"kept"
    new = again.add("customer", name="New")["values"]["no"]
    assert new not in {record["values"]["no"] for record in ann.list("customer", limit=200)["records"]}
    assert desk(other, "restore", str(place), fails=True).output


def test_a_person_is_added_at_the_desk(site: Site) -> None:
    """With a workspace and an app of his own; a second one into the same; nobody twice."""
    desk(site, "user", "add", "ann@example.com", "--name", "Ann", "--workspace", "Ltd", typed="correct horse\n" * 2)
    person = site.visitor()
    session = person.post("/api/signin", {"email": "ann@example.com", "password": "correct horse"})
    assert (session["admin"], session["workspace"]["name"]) == (True, "Ltd")
    person.add("customer", name="X")
    desk(site, "user", "add", "bob@example.com", "--name", "Bob", "--workspace", "Ltd", typed="correct horse\n" * 2)
    bob = site.visitor()
    joined = bob.post("/api/signin", {"email": "bob@example.com", "password": "correct horse"})
    assert (joined["admin"], joined["workspace"]["name"]) == (False, "Ltd")
    twice = desk(site, "user", "add", "ann@example.com", "--name", "A", fails=True, typed="correct horse\n" * 2)
    assert "ann@example.com" in twice.output or " / " in twice.output
    weak = desk(site, "user", "add", "eve@example.com", "--name", "E", fails=True, typed="12345678\n" * 2)
    assert " / " in weak.output
