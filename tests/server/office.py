"""A small company over HTTP 公司: the trial's people, each with an API token, and records that belong to each."""

from dataclasses import dataclass, field
from typing import Any

from tests.server.site import Person, Site

ROLES = {
    "salesperson": "Xiao Wang",
    "manager": "Manager Liu",
    "director": "Director Zhou",
    "finance": "Accountant Zhao",
    "admin": "Chen (you)",
    "mate": "Xiao Li",
    "stranger": "Xiao Zhang",
}
NUMBERS = {"all": "770070", "salesperson": "770071", "mate": "770072", "stranger": "770073"}
"""Amounts that tell, wherever they turn up, whose record they come from; a contract's cost ends in 9 more."""


@dataclass
class Office:
    """The visitor who administers, and everybody by role; `made` is (form, whose) → record id."""

    boss: Person
    people: dict[str, Person]
    members: dict[str, str]
    made: dict[tuple[str, str], str] = field(default_factory=dict)


def open_office(site: Site) -> Office:
    """A trial without samples, with a token for each person."""
    boss = site.trial()
    boss.ask("DELETE", "/api/apps/crm/samples")
    listed = {one["name"]: one["id"] for one in boss.get("/api/session")["personas"]}
    people = {}
    for role, name in ROLES.items():
        secret = boss.play(name).post("/api/tokens", {"name": "t"}, 201)["secret"]
        people[role] = site.visitor()
        people[role].client.headers["authorization"] = f"Bearer {secret}"
    boss.play(ROLES["admin"])
    return Office(boss, people, {role: listed[name] for role, name in ROLES.items()})


def furnish(office: Office) -> Office:
    """Every form gets a record of the salesperson, of the mate and of the stranger in another department."""
    tree = office.boss.get("/api/directory")
    home = {one["id"]: one["departments"][0] for one in tree["members"]}
    product = _add(office, "product", "all", name="Board", list_price="12", floor_price="1", cost=NUMBERS["all"])
    for whose in ("salesperson", "mate", "stranger"):
        owner = office.members[whose]
        _furnish_for(office, whose, {"owner": owner, "department": home[owner]}, product)
    return office


def _add(office: Office, form: str, whose: str, **values: Any) -> str:
    made: str = office.boss.post(office.boss.records(form), {"values": values, "submit": False}, 201)["id"]
    office.made[form, whose] = made
    return made


def _furnish_for(office: Office, whose: str, theirs: dict[str, str], product: str) -> None:
    number = NUMBERS[whose]
    customer = _add(office, "customer", whose, name=f"{whose} Ltd", phone=f"010-{number}00", credit_code=f"CODE{whose}",
                    revenue=number, next_follow_up="2031-07-07", **theirs)  # fmt: skip
    _add(office, "contact", whose, name="Bo", customer=customer, mobile=f"138{number}00", wechat=f"CHAT{whose}",
         email=f"mail{whose}@example.com", birthday="1977-07-07", **theirs)  # fmt: skip
    lines = [{"product": product, "quantity": "1000000", "price": "12"}]
    opportunity = _add(office, "opportunity", whose, name="Deal", customer=customer, estimate="10", lines=lines,
                       competitor=f"RIVAL{whose}", remark=f"REMARK{whose}", close_value=number, **theirs)  # fmt: skip
    _add(office, "lead", whose, company="Lead Ltd", contact_name="Bo", source="website", mobile="13800001234", **theirs)
    _add(office, "follow_up", whose, summary="Call", way="visit", followed_at="2026-11-20T08:00:00Z", content="x",
         customer=customer, **theirs)  # fmt: skip
    days = {"signed_on": "2026-11-01", "start_on": "2026-11-01", "end_on": "2027-11-01"}
    contract = _add(office, "contract", whose, name="Contract", customer=customer, opportunity=opportunity,
                    lines=lines, cost=f"{number}9", **days, **theirs)  # fmt: skip
    _add(office, "payment", whose, contract=contract, customer=customer, amount="1", paid_on="2026-11-02", **theirs)
    month = {"member": theirs["owner"], "department": theirs["department"]}
    _add(office, "target", whose, month="2026-11-01", amount="5", **month)
