"""The table of regions 行政区划: comes with the house, edited by administrators, apart for each workspace."""

from tests.server.site import Person, Site


def test_the_shipped_table_knows_every_province(site: Site) -> None:
    """For anybody, signed in or not."""
    found = site.visitor().get("/api/regions/shipped")["regions"]
    assert len(found) == 34
    guangdong = dict((one[0], one[1]) for one in found if len(one) > 1)["广东省"]
    assert "南山区" in dict((city[0], city[1:]) for city in guangdong)["深圳市"][0]


def test_an_administrator_puts_another_table_in_its_place(site: Site) -> None:
    """And takes it away again; another workspace sees nothing of it."""
    ann, bob = site.owner(), site.owner("bob@example.com")
    sent = ["东省/东市/东区", "东省/东市/西区", "", "西省"]
    told = ann.ask("PUT", "/api/regions", {"lines": sent})["lines"]
    assert told == ["东省/东市/东区", "东省/东市/西区", "西省"]
    assert ann.get("/api/regions")["regions"] == [["东省", [["东市", ["东区", "西区"]]]], ["西省"]]
    assert len(bob.get("/api/regions")["regions"]) == 34
    ann.ask("PUT", "/api/regions", {"lines": []})
    assert len(ann.get("/api/regions")["regions"]) == 34


def test_what_is_no_path_is_refused_with_its_line(site: Site) -> None:
    """Four parts, an empty part, and a name beyond bounds."""
    ann = site.owner()
    for line in ("a/b/c/d", "a//c", f"{'x' * 41}/b"):
        answer = ann.ask("PUT", "/api/regions", {"lines": ["ok", line]}, status=422)
        assert (answer["code"], answer["path"]) == ("region_not_a_path", ["lines", 1])


def test_only_administrators_change_it_and_only_members_read_the_workspaces(site: Site, boss: Person) -> None:
    """A member reads; a stranger gets the shipped one only."""
    staff = boss.play("Xiao Wang")
    assert staff.get("/api/regions")["regions"]
    staff.ask("PUT", "/api/regions", {"lines": ["a"]}, status=403)
    site.visitor().get("/api/regions", status=401)
