"""Standing proxies tell nothing and are bounded 代理: forms that one may not know of, many at once, who has left."""

from dataclasses import replace

from builder.access import Actor
from runtime import inbox, proxies, reading
from runtime.gate import Gate
from runtime.participant import hidden_from_each
from tests.runtime.office import FORM, Office, changed, code, office
from tests.runtime.test_participant import CLOSED


def named(company: Office, who: str, *forms: str) -> str:
    """The code by which a proxy for these forms is refused, or ""."""
    try:
        proxies.keep(company.gate(who), proxies.Wanted("dir", forms=forms))
    except proxies.Missing as refusal:
        return refusal.problems[0].code
    return ""


def test_whether_a_form_is_there_is_not_told_by_naming_it() -> None:
    company = office(form=CLOSED)

    told = [code(proxies.keep, company.gate("out"), proxies.Wanted("dir", forms=(form,))) for form in (
        "crm.deal", "crm.nothing", "nothing.deal",
    )]  # fmt: skip

    assert told == ["no_such_form"] * 3
    assert (named(company, "ini", "crm.deal"), named(company, "adm", "crm.deal")) == ("", "")


def test_who_is_asked_on_a_form_may_name_it_though_he_may_not_open_it() -> None:
    company = office(form=CLOSED)
    assert named(company, "boss", "crm.deal") == "no_such_form"
    company.submit(amount=10)

    assert named(company, "boss", "crm.deal") == ""


def test_a_member_has_so_many_proxies_and_stands_in_for_so_many() -> None:
    company = office()
    for _ in range(proxies.MOST):
        proxies.keep(company.gate("boss"), proxies.Wanted("out"))

    assert code(proxies.keep, company.gate("boss"), proxies.Wanted("out")) == "too_many_proxies"
    first = proxies.listed(company.gate("boss"))[0].id
    proxies.keep(company.gate("boss"), proxies.Wanted("dir"), first)
    for number in range(proxies.MOST_FOR_ONE):
        company.memory.instances.keep_proxy(proxies.Proxy(f"x{number}", f"other{number}", "fin", "", "", ()))
    assert code(proxies.keep, company.gate("dir"), proxies.Wanted("fin")) == "stands_in_for_too_many"


def test_the_proxy_of_somebody_who_has_left_reads_nothing_any_more() -> None:
    company = office(changed("manager", assignees=[{"member": "boss"}]), {**FORM, "groups": CLOSED["groups"]})
    record = company.submit(amount=10, cost=7)
    proxies.keep(company.gate("boss"), proxies.Wanted("out"))
    assert "amount" in reading.one(company.gate("out"), "crm", "deal", record)["values"]

    people = company.memory.directory.people
    people["boss"] = replace(people["boss"], enabled=False)

    world = company.memory.world()
    stranger = Gate(world, Actor("member", "out"), "zh-CN", company.library)
    assert code(reading.one, stranger, "crm", "deal", record) == "no_such_record"
    assert hidden_from_each(world, "out", "crm.deal", [record], stranger.today.isoformat()) == {}
    assert inbox.counts(stranger)["todo"] == 0
