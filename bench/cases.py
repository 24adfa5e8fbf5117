"""What is measured, and what stands next to it: each case asks product, floor and, for lists, SQL by hand the same."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random

from bench.client import Request, Step
from bench.filling import Company, customer_values, day, opportunity_values

RECORDS = "/api/apps/crm/forms/{form}/records"
CUSTOMERS, OPPORTUNITIES = RECORDS.format(form="customer"), RECORDS.format(form="opportunity")
Asks = Callable[[int], Step]


@dataclass(frozen=True)
class Case:
    """One row of the table. `target` is the largest ratio to `against` that is promised on PostgreSQL; 0: none."""

    name: str
    product: Asks
    floor: Asks
    hand: Asks | None = None
    target: float = 0.0
    against: str = "floor"
    most: int = 400
    """How many requests a client sends at most."""


def cases(company: Company, run: str) -> list[Case]:
    """The cases over HTTP that are told as ratios."""
    return [*_single(company, run), *_lists(company)]


def _single(company: Company, run: str) -> list[Case]:
    fresh = count(1)

    def somebody(number: int) -> str:
        return company.customer(Random(number).randrange(company.customers))

    def new_customer(number: int, floor: bool) -> dict[str, object]:
        values = customer_values(number, Random(number), company.member)
        del values["no"], values["employees"], values["office_location"]
        values["name"] = f"{values['name']} {run} {next(fresh)}"
        return {"id": f"{run}-{next(fresh)}", **values} if floor else {"values": values}

    def new_opportunity(number: int, floor: bool) -> dict[str, object]:
        wanted = ("name", "customer", "stage", "source", "estimate", "expected_close", "engage_date")
        values = {key: opportunity_values(number, Random(number), company)[key] for key in wanted}
        values["stage"] = "proposal"
        values["expected_close"] = f"2027-{day(Random(number))[5:]}"
        return {"id": f"{run}-{next(fresh)}", **values} if floor else {"values": values}

    def change(number: int) -> dict[str, str]:
        return {"phone": f"010-{10_000_000 + next(fresh)}", "level": "abcd"[number % 4]}

    one = "/customer/{}"
    return [
        Case("get", lambda n: (Request("GET", f"{CUSTOMERS}/{somebody(n)}"),),
             lambda n: (Request("GET", one.format(somebody(n))),), target=2.0),
        Case("create", lambda n: (Request("POST", CUSTOMERS, new_customer(n, False)),),
             lambda n: (Request("POST", "/customer", new_customer(n, True)),), target=2.5),
        Case("create, computed", lambda n: (Request("POST", OPPORTUNITIES, new_opportunity(n, False)),),
             lambda n: (Request("POST", "/opportunity", new_opportunity(n, True)),)),
        Case("update",
             lambda n: (Request("PATCH", f"{CUSTOMERS}/{somebody(n)}", {"values": change(n), "before": {}}),),
             lambda n: (Request("PATCH", one.format(somebody(n)), change(n)),), target=2.5),
    ]  # fmt: skip


def _lists(company: Company) -> list[Case]:
    few, stages = ("a", "b", "c", "d"), ("proposal", "won", "qualified", "engaging")
    regions = ("east", "south", "north", "west")

    def listed(path: str, first: tuple[str, str], second: tuple[str, str, str], sort: str) -> Step:
        asked = [
            {"field": first[0], "op": "eq", "value": first[1]},
            {"field": second[0], "op": second[1], "value": second[2]},
        ]
        order = [{"field": sort, "descending": True}]
        return (Request("POST", f"{path}/query", {"filter": {"all": asked}, "sort": order, "total": True}),)

    def bare(path: str, first: str, second: str) -> Step:
        return (Request("POST", path, {"workspace": company.workspace, "first": first, "second": second}),)

    def sums(n: int) -> Step:
        asked = {"groups": [{"field": "stage"}], "measures": [{"operation": "sum", "field": "amount"}]}
        return (Request("POST", f"{OPPORTUNITIES}/group", asked),)

    return [
        Case(
            "list",
            lambda n: listed(
                CUSTOMERS, ("level", few[n % 4]), ("region", "eq", regions[n // 4 % 4]), "next_follow_up"
            ),
            lambda n: bare("/customers", few[n % 4], regions[n // 4 % 4]),
            lambda n: bare("/hand/customers", few[n % 4], regions[n // 4 % 4]),
            target=1.5, against="hand", most=60,
        ),
        Case(
            "list, references",
            lambda n: listed(
                OPPORTUNITIES, ("stage", stages[n % 4]), ("amount", "ge", str(300_000 + n % 9)), "expected_close"
            ),
            lambda n: bare("/opportunities", stages[n % 4], str(300_000 + n % 9)),
            lambda n: bare("/hand/opportunities", stages[n % 4], str(300_000 + n % 9)),
            target=1.5, against="hand", most=60,
        ),
        Case(
            "group-by sum", sums, lambda n: (Request("POST", "/sums"),), lambda n: bare("/hand/sums", "", ""), most=30
        ),
    ]  # fmt: skip
