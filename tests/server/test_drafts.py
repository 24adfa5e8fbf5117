"""The draft box 草稿箱: on every device of its owner, and nobody else's."""

from tests.server.site import Person, Site
from tests.server.test_ripple import EVERYONE, publish

BOX = "/api/apps/crm/forms/note/drafts"
NOTE = {
    "id": "note", "name": "Note", "title": "name", "groups": [{**EVERYONE, "hide": ["secret"]}],
    "fields": [{"id": "name", "type": "text", "label": "Name"}, {"id": "secret", "type": "text", "label": "Secret"}],
}  # fmt: skip


def keep(person: Person, id: str, status: int = 200, **values: str) -> list[dict[str, object]]:
    """Keep what is typed."""
    found: list[dict[str, object]] = person.ask("PUT", f"{BOX}/{id}", {"values": values}, status=status)
    return found


def test_a_draft_waits_on_the_server_until_it_is_sent(site: Site) -> None:
    ann = site.owner()
    publish(ann, NOTE)
    keep(ann, "draft-0001", name="First")
    keep(ann, "draft-0002", name="Second")
    found = keep(ann, "draft-0001", name="First, longer", nothing="x")
    assert [(one["title"], one["values"]) for one in found] == [
        ("First, longer", {"name": "First, longer"}), ("Second", {"name": "Second"})]  # fmt: skip
    ann.post(ann.records("note"), {"values": {"name": "First, longer"}, "draft": "draft-0001"}, 201)
    assert [one["id"] for one in ann.get(BOX)] == ["draft-0002"]
    refused = {"values": {"name": "x", "nothing": "y"}, "draft": "draft-0002"}
    ann.post(ann.records("note"), refused, 422)
    assert [one["id"] for one in ann.get(BOX)] == ["draft-0002"]
    ann.ask("DELETE", f"{BOX}/draft-0002")
    assert ann.get(BOX) == []


def test_the_box_is_small_and_its_owners_alone(site: Site) -> None:
    ann = site.owner()
    publish(ann, NOTE)
    for turn in range(22):
        found = keep(ann, f"draft-{turn:04}", name=str(turn))
    assert (len(found), found[0]["title"], found[-1]["title"]) == (20, "21", "2")
    keep(ann, "draft-0001", 422, name="x" * 70_000)
    invite = ann.post("/api/invites", {}, 201)
    bob = site.visitor()
    bob.post(f"/api{invite['link'].replace('/invite/', '/invites/')}/accept",
             {"name": "Bob", "email": "bob@example.com", "password": "correct horse"}, 201)  # fmt: skip
    assert bob.get(BOX) == []
    bob.ask("DELETE", f"{BOX}/draft-0021")
    assert len(ann.get(BOX)) == 20
    assert keep(bob, "draft-0021", secret="s")[0]["values"] == {}
