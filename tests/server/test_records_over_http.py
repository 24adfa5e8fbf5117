"""Records over HTTP 数据接口: added, edited by two at once, deleted, restored; on both databases."""

from typing import Any

import pytest

from tests.server.site import Person, Site


def test_a_record_lives_its_life(any_site: Site) -> None:
    """Added, changed, deleted to the bin, restored, with every step in its history."""
    ann = any_site.owner()
    made = ann.add("customer", name="Tangram Ltd", phone="010-88886666")
    assert made["values"]["no"].startswith("KH-")
    ann.edit("customer", made["id"], {"phone": "010-88886666"}, phone="010-77776666")
    ann.ask("DELETE", f"{ann.records('customer')}/{made['id']}")
    assert ann.list("customer", total=True)["total"] == 0
    assert ann.list("customer", deleted=True, total=True)["total"] == 1
    ann.post(f"{ann.records('customer')}/restore", {"ids": [made["id"]]})
    operations = [change["operation"] for change in ann.get(f"{ann.records('customer')}/{made['id']}/history")]
    assert operations == ["restore", "delete", "update", "create"]


def test_disjoint_edits_merge_and_the_same_field_asks(any_site: Site) -> None:
    """Two people had the record open: nothing is lost silently."""
    ann = any_site.owner()
    made = ann.add("customer", name="Tangram Ltd")
    ann.edit("customer", made["id"], {"phone": None}, phone="010-11112222")
    merged = ann.edit("customer", made["id"], {"address": None}, address="1 Main Street")
    assert merged["values"]["phone"] == "010-11112222"
    refused = ann.edit("customer", made["id"], {"phone": None}, 409, phone="010-33334444")
    clash = refused["extra"]["conflicts"][0]
    assert (clash["field"], clash["theirs"], clash["yours"]) == ("phone", "010-11112222", "010-33334444")
    kept = ann.edit("customer", made["id"], {"phone": clash["theirs"]}, phone="010-33334444")
    assert kept["values"]["phone"] == "010-33334444"


BAD = {
    "unknown field": ({"name": "A", "nonsense": 1}, "unknown_field", ["values", "nonsense"]),
    "missing": ({}, "required", ["values", "name"]),
    "wrong type": ({"name": "A", "revenue": "a lot"}, "must_be_number", ["values", "revenue"]),
    "list for text": ({"name": ["A"]}, "must_be_text", ["values", "name"]),
    "computed": ({"name": "A", "no": "KH-1"}, "field_computed", ["values", "no"]),
    "no such option": ({"name": "A", "level": "zzz"}, "no_such_option", ["values", "level"]),
    "no such record": ({"name": "A", "parent": "nobody"}, "no_such_record", ["values", "parent"]),
    "no such member": ({"name": "A", "owner": "nobody"}, "no_such_member", ["values", "owner"]),
    "script address": ({"name": "A", "website": "javascript:alert(1)"}, "must_be_url", ["values", "website"]),
    "no such file": ({"name": "A", "files": [{"id": "x", "name": "a.txt"}]}, "no_such_file", ["values", "files"]),
}


@pytest.mark.parametrize(("values", "code", "path"), list(BAD.values()), ids=list(BAD))
def test_bad_values_get_a_code_a_path_and_a_sentence(
    site: Site, values: dict[str, Any], code: str, path: list[str]
) -> None:
    """And nothing is written."""
    ann = site.owner()
    refused = ann.add("customer", 422, **values)
    assert (refused["code"], refused["path"]) == (code, path)
    assert refused["detail"]
    assert refused["detail"] != code
    assert ann.list("customer", total=True)["total"] == 0


def test_a_unique_name_is_kept_unique(any_site: Site) -> None:
    """Also against a record that comes back from the bin."""
    ann = any_site.owner()
    first = ann.add("customer", name="Tangram Ltd")
    taken = ann.add("customer", 422, name="Tangram Ltd")
    assert (taken["code"], taken["path"]) == ("value_taken", ["values", "name"])
    assert "Tangram Ltd" in taken["detail"]
    both = ann.add("customer", 422, name="Tangram Ltd", level="no such level")["problems"]
    assert {tuple(one["path"]) for one in both} == {("values", "name"), ("values", "level")}
    ann.ask("DELETE", f"{ann.records('customer')}/{first['id']}")
    ann.add("customer", name="Tangram Ltd")
    back = ann.post(f"{ann.records('customer')}/restore", {"ids": [first["id"]]}, status=409)
    assert back["code"] == "value_taken"


def test_a_record_that_is_pointed_to_cannot_be_deleted(site: Site) -> None:
    """The message says what points to it."""
    ann = site.owner()
    customer = ann.add("customer", name="Tangram Ltd")
    ann.add("contact", name="Bo", mobile="13800001234", customer=customer["id"])
    refused = ann.ask("DELETE", f"{ann.records('customer')}/{customer['id']}", status=409)
    assert refused["code"] == "still_referenced"
    assert "Tangram Ltd" in refused["detail"]


def test_a_reference_fills_fields_and_formulas_compute(site: Site) -> None:
    """Price from the product, subtotal and amount by formula."""
    ann = site.owner()
    product = ann.add("product", name="Board", list_price="12.50", unit="件")
    customer = ann.add("customer", name="Tangram Ltd", region="east")
    lines = [{"product": product["id"], "quantity": "3"}]
    made = ann.add("opportunity", name="Boards", customer=customer["id"], lines=lines, expected_close="2030-01-01")
    assert made["values"]["lines"][0]["price"] == "12.5"
    assert made["values"]["amount"] == "37.5"


@pytest.mark.parametrize("word", ["七巧", "巧板", "tang", "TANGRAM"])
def test_quick_search_finds_short_chinese_words(any_site: Site, word: str) -> None:
    """Two characters are enough."""
    ann = any_site.owner()
    ann.add("customer", name="上海七巧板科技 Tangram")
    ann.add("customer", name="北京积木")
    assert [record["title"] for record in ann.list("customer", search=word)["records"]] == ["上海七巧板科技 Tangram"]


def test_pages_follow_one_another_without_gap_or_repeat(any_site: Site) -> None:
    """Keyset paging in the order of a Chinese name."""
    visitor = any_site.trial("zh-CN")
    names, after = [], ""
    while True:
        page = visitor.list("customer", sort=[{"field": "name"}], limit=7, after=after)
        names += [record["title"] for record in page["records"]]
        after = page["next"]
        if not after:
            break
    whole = visitor.list("customer", sort=[{"field": "name"}], limit=100)["records"]
    assert names == [record["title"] for record in whole]
    assert len(names) == 30


def test_an_idempotency_key_makes_a_repeat_harmless(any_site: Site) -> None:
    """The same answer, one record; another body is refused."""
    ann = any_site.owner()
    key = {"headers": {"idempotency-key": "k1"}}
    first = ann.ask("POST", ann.records("customer"), {"values": {"name": "Once"}}, status=201, **key)
    again = ann.client.post(ann.records("customer"), json={"values": {"name": "Once"}}, **key)
    assert again.json()["id"] == first["id"]
    assert ann.list("customer", total=True)["total"] == 1
    other = ann.ask("POST", ann.records("customer"), {"values": {"name": "Twice"}}, status=409, **key)
    assert other["code"] == "key_used_before"


def test_a_stranger_is_asked_to_sign_in(boss: Person) -> None:
    """In the language that was asked for."""
    stranger = boss.site.visitor("zh-CN")
    refused = stranger.list("customer", 401)
    assert refused["code"] == "not_signed_in"
    assert "登录" in refused["detail"]


def test_another_sites_page_cannot_write_with_our_cookie(boss: Person) -> None:
    """Cross-site requests are refused before anything is read."""
    refused = boss.ask(
        "POST",
        boss.records("customer"),
        {"values": {"name": "X"}},
        status=403,
        headers={"sec-fetch-site": "cross-site"},
    )
    assert refused["code"] == "cross_site"
