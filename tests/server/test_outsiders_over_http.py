"""A stranger submits by a public link as nobody 外部提交: the link's owner is asked where he would agree unasked."""

from server.doctor import examine
from tests.server.site import Site
from tests.server.works import FORM, FORMS, employ, publish


def test_an_owner_who_agrees_to_his_own_records_is_asked_about_a_strangers(any_site: Site) -> None:
    works = employ(any_site)
    nodes = {
        "draft": {"type": "fill", "on": {"submit": "ann"}},
        "ann": {
            "type": "approve", "label": "Ann", "initiator": "skip",
            "assignees": [{"member": works.ids["Ann"]}], "on": {"approved": "end"},
        },
        "end": {"type": "end"},
    }  # fmt: skip
    flow = {"id": "deal", "form": "deal", "name": "Deal", "start": "draft", "nodes": nodes}
    publish(works, {"deal": FORM}, {"deal": flow})
    assert works.flow(works.submit(name="Own"))["status"] == "approved"
    link = works.ann.post(f"{FORMS}/deal/links", {"kind": "fill", "terms": {"fields": ["name"]}, "password": ""}, 201)

    any_site.visitor().post(f"/api/public/{link['token']}/records", {"values": {"name": "Strange"}}, 201)

    [card] = works.ann.get("/api/tasks/boxes/todo")["cards"]
    story = works.flow(card["record"])
    assert (card["title"], story["status"], story["initiator"]) == ("Strange", "running", works.ids["Ann"])
    assert (story["timeline"][0]["actor"], story["timeline"][0]["on_behalf_of"]) == ("public", works.ids["Ann"])
    works.ann.post(f"/api/tasks/{card['task']}/act", {"action": "approve"})
    assert works.flow(card["record"])["status"] == "approved"
    assert examine(any_site.wired) == []
