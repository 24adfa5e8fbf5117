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
