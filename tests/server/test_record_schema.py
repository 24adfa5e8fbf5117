"""GET …/schema 数据的模式: each member's own, as his rights are; records validate as they are read and sent."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.server.site import Person, Site
from tests.server.test_field_types import form

PATH = "/api/apps/crm/forms/{form}/schema"


def judge(schema: dict[str, Any], part: str) -> Draft202012Validator:
    """Validates one part of the document."""
    return Draft202012Validator({**schema, "$ref": f"#/$defs/{part}"})


def test_a_record_is_as_the_schema_says_when_read_and_when_sent(ann: Person) -> None:
    """Required fields are required, what the machine computes is not sent, what is unknown is refused."""
    schema = ann.get(PATH.format(form="customer"))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    made = ann.add("customer", name="One", revenue="7")
    Draft202012Validator(schema).validate(
        {key: made[key] for key in schema["$defs"]["record"]["properties"] if key in made}
    )
    judge(schema, "values").validate(made["values"])
    judge(schema, "create").validate({"name": "Two"})
    for wrong in ({"name": None}, {}, {"name": "x", "no": "KH-1"}, {"name": "x", "nothing": 1}):
        with pytest.raises(ValidationError):
            judge(schema, "create").validate(wrong)
    example = schema["$defs"]["create"]["examples"][0]
    assert {"name", "revenue"} <= set(example)


def test_every_form_of_the_template_has_a_schema_whose_example_is_taken(ann: Person) -> None:
    """An example names no people, records or files; for the rest it is sent as it stands."""
    for id in ("customer", "product", "opportunity", "contract"):
        schema = ann.get(PATH.format(form=id))
        needed = set(schema["$defs"]["create"]["required"])
        given = schema["$defs"]["create"]["examples"][0]
        assert judge(schema, "update").is_valid(given)
        if needed <= set(given):
            ann.add(id, **given)


def test_a_field_or_column_that_a_member_may_not_read_is_not_in_his_schema(site: Site, boss: Person) -> None:
    """Hidden fields and columns are neither among the values nor among what may be sent."""
    columns = [{"id": "name", "type": "text", "label": "N"}, {"id": "price", "type": "number", "label": "P"}]
    group = {
        "id": "g", "name": "G", "to": {"everyone": True}, "operations": ["create", "read"],
        "hide": ["lines.price", "secret"], "write": ["title"],
    }  # fmt: skip
    secret = {"id": "secret", "type": "text", "label": "Secret"}
    form(boss, secret, {"id": "lines", "type": "subform", "label": "L", "fields": columns}, groups=[group])
    mate = boss.play("Xiao Wang")
    schema = mate.get(PATH.format(form="thing"))
    values = schema["$defs"]["values"]["properties"]
    assert sorted(values) == ["lines", "title"]
    assert sorted(values["lines"]["items"]["properties"]) == ["id", "name"]
    assert list(schema["$defs"]["create"]["properties"]) == ["title"]
    assert "secret" not in str(schema)
    assert "price" not in str(schema)


def test_who_may_not_open_a_form_is_not_told_its_schema(ann: Person, bob: Person) -> None:
    """It is as if there were no such form."""
    title = {"id": "title", "type": "text", "label": "Title"}
    value = {"id": "closed", "name": "Closed", "title": "title", "fields": [title], "groups": []}
    draft = ann.ask("PUT", "/api/apps/crm/draft/forms/closed", {"value": value, "base": ""})
    ann.post("/api/apps/crm/publish", {"message": "", "revision": draft["revision"]}, 201)
    assert bob.get(PATH.format(form="closed"), 404)["code"] == bob.get(PATH.format(form="nowhere"), 404)["code"]
