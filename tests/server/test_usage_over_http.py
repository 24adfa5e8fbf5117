"""Before something is taken out of a form 字段用在哪里: over HTTP, what would break and what is held."""

from tests.server.site import Person, Site

FORMS = "/api/apps/crm/forms"


def usage(person: Person, form: str, field: str) -> tuple[list[str], int]:
    """Where a field is used, and how many records hold it."""
    found = person.get(f"{FORMS}/{form}/fields/{field}/usage")
    return [use["where"] for use in found["uses"]], found["records"]


def test_a_column_of_rows_says_which_formulas_read_it(site: Site) -> None:
    """The subtotal reads the price; the records counted are those with rows."""
    ann = site.owner()
    form = ann.get(f"{FORMS}/contract")["definition"]
    rows = next(field for field in form["fields"] if field.get("fields"))
    price = next(column["id"] for column in rows["fields"] if "price" in column["id"])
    places, records = usage(ann, "contract", f"{rows['id']}.{price}")
    assert places
    assert records == 0


def test_a_column_that_is_not_there_is_used_nowhere(site: Site) -> None:
    """No error, no use."""
    ann = site.owner()
    form = ann.get(f"{FORMS}/contract")["definition"]
    rows = next(field["id"] for field in form["fields"] if field.get("fields"))
    assert usage(ann, "contract", f"{rows}.nowhere")[0] == []


def test_a_column_counts_the_records_that_hold_something_in_it(site: Site) -> None:
    """Not those that merely have rows."""
    ann = site.owner()
    board = ann.add("product", name="Board", list_price="1")["id"]
    customer = ann.add("customer", name="Ltd")["id"]
    lines = [{"product": board, "quantity": "1", "price": "1"}]
    ann.post(ann.records("opportunity"), {"values": {"name": "D", "customer": customer, "lines": lines}}, 201)
    form = ann.get(f"{FORMS}/opportunity")["definition"]
    columns = next(field["fields"] for field in form["fields"] if field["id"] == "lines")
    held = {one["id"]: usage(ann, "opportunity", f"lines.{one['id']}")[1] for one in columns}
    record = ann.list("opportunity")["records"][0]["values"]["lines"][0]
    assert held == {one["id"]: int(record.get(one["id"]) is not None) for one in columns}
    assert usage(ann, "opportunity", "lines.nowhere")[1] == 0
