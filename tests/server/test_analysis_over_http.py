"""Where the time goes, over HTTP: for administrators everybody's, for a head his people's, for others nothing."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

from sqlalchemy import update

from server.store import tables
from server.transaction import transaction
from tests.server.site import Person, Site
from tests.server.works import FORM, employ, publish

PATH = "/api/apps/crm/workflows/contract/analysis"
YEAR = f"{PATH}?since={date.today() - timedelta(days=400)}"


def test_an_administrator_sees_every_node_and_person(any_site: Site) -> None:
    found = any_site.trial().get(YEAR)
    assert found["whole"] is True
    nodes = {line["node"]: line for line in found["nodes"]}
    assert nodes["countersign"]["done"] >= 2
    assert nodes["manager"]["rejected"] >= 1
    assert {line["name"] for line in found["people"]} >= {"Accountant Zhao", "Director Zhou"}
    assert {line["status"] for line in found["ended"]} == {"approved", "rejected"}


def test_a_head_sees_his_own_people_and_a_salesperson_nobody(boss: Person) -> None:
    found = boss.play("Manager Liu").get(YEAR)
    assert found["whole"] is False
    assert "Accountant Zhao" not in {line["name"] for line in found["people"]}
    assert found["ended"] == []
    assert found["drawn"]["manager"]["on"]["approved"] == "large"
    boss.play("Xiao Wang").get(PATH, 403)


def test_the_menu_offers_the_figures_to_whoever_may_see_them(boss: Person) -> None:
    for name, offered in (("Manager Liu", ["contract"]), ("Xiao Wang", [])):
        assert [one["id"] for one in boss.play(name).get("/api/apps/crm/menu")["analyses"]] == offered


def test_a_period_without_work_is_empty_and_a_bad_one_is_refused(boss: Person) -> None:
    found = boss.get(f"{PATH}?since=2020-01-01&until=2020-02-01")
    assert [line["done"] for line in found["nodes"] if line["done"]] == []
    assert found["bottleneck"] == ""
    for period in ("since=x", "since=2020-02-01&until=2020-01-01", "since=1990-01-01&until=2026-01-01"):
        boss.get(f"{PATH}?{period}", 422)


def test_the_figures_are_exported_as_a_table(boss: Person) -> None:
    text = boss.ask("GET", f"{PATH}/export?format=csv").content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Node,Person,Answered,Average (hours)")
    book = ZipFile(BytesIO(boss.ask("GET", f"{PATH}/export?format=xlsx").content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == len(text.splitlines())
    boss.play("Xiao Wang").ask("GET", f"{PATH}/export?format=csv", status=403)


def test_another_workspace_sees_nothing_of_it(site: Site) -> None:
    site.trial()
    site.visitor().get(PATH, 401)
    other = site.owner()
    assert other.get(PATH)["people"] == []


def test_overdue_is_told_of_each_person_and_to_a_head_of_his_own_people(any_site: Site) -> None:
    works = employ(any_site)
    ids = works.ids
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "both"}},
        "both": {
            "type": "approve", "assignees": [{"member": ids["Ann"]}, {"member": ids["Bob"]}], "agree": "all",
            "due": [{"after": "PT1H", "do": "remind"}], "on": {"approved": "end"},
        },
        "end": {"type": "end"},
    }  # fmt: skip
    flow = {"id": "deal", "form": "deal", "name": "Deal", "start": "draft", "nodes": nodes, "same_person": "ask"}
    publish(works, {"deal": FORM}, {"deal": flow})
    made = works.ann.post("/api/departments", {"name": "Field", "heads": [ids["Bob"]]}, 201)
    works.ann.ask("PATCH", f"/api/members/{ids['Bob']}", {"departments": [made["id"]]})
    works.submit()
    task = works.ann.get("/api/tasks/boxes/todo")["cards"][0]["task"]
    works.ann.post(f"/api/tasks/{task}/act", {"action": "approve"})
    with transaction(any_site.wired.engine) as connection:
        past = any_site.wired.clock.now() - timedelta(hours=1)
        connection.execute(update(tables.task).where(tables.task.c.due_at.is_not(None)).values(due_at=past))
    path = "/api/apps/own/workflows/deal/analysis"
    since = f"?since={date.today() - timedelta(days=3)}&until={date.today() + timedelta(days=3)}"
    everybody = {line["name"]: line["overdue"] for line in works.ann.get(path + since)["people"]}
    assert everybody == {"Ann": 1, "Bob": 1}
    own = works.bob.get(path + since)
    assert (own["whole"], [(line["name"], line["overdue"]) for line in own["people"]]) == (False, [("Bob", 1)])
    assert {line["node"]: line["overdue"] for line in own["nodes"]} == {"both": 1}
    assert [line["overdue"] for line in works.bob.get(f"{path}?since=2020-01-01&until=2020-02-01")["people"]] == [0]
