"""Nobody gets around what is counted 限额: by many addresses, in a crowd, or by keeping every line busy."""

import asyncio

import pytest

from builder.problem import TooMany
from server.events import MOST_OF_ONE, Poller, Screen
from server.filing import clean_name
from server.wiring import MOST_COUNTED, Limits, neighbourhood
from tests.server.site import Person, Site

WRONG = {"email": "ann@example.com", "password": "wrong"}


def statuses(site: Site, addresses: list[str]) -> list[int]:
    """How a wrong password is answered, tried from one address after another, behind a proxy that is trusted."""
    site.wired.settings.trust_proxy = True
    site.wired.settings.sign_ins_per_minute = 2
    site.wired.limits.seen.clear()
    tried = (("1.2.3.4, " + address, site.visitor().client) for address in addresses)
    return [
        client.post("/api/signin", json=WRONG, headers={"x-forwarded-for": way}).status_code for way, client in tried
    ]


def test_whoever_has_one_address_of_ipv6_is_counted_once_for_his_whole_network(site: Site, ann: Person) -> None:
    assert statuses(site, ["2001:db8::1", "[2001:db8::2]", "2001:db8::ffff:9"]) == [401, 401, 429]
    assert statuses(site, ["2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"]) == [401, 401, 401]
    assert statuses(site, ["::ffff:9.9.9.9", "9.9.9.9", "9.9.9.9"]) == [401, 401, 429]


@pytest.mark.parametrize("address", ["10.0.0.1", "testclient", "", "workspace member", "1.2.3.4:80"])
def test_other_addresses_stand_for_themselves(address: str) -> None:
    assert neighbourhood(address) == address


def test_a_crowd_of_others_lets_nobody_off() -> None:
    limits = Limits()
    for _ in range(3):
        limits.count("sign_in", "guesser", 3)
    for place in range(MOST_COUNTED + 10):
        limits.count("sign_in", f"other {place}", 3)
    assert len(limits.seen) <= MOST_COUNTED
    with pytest.raises(TooMany):
        limits.count("sign_in", "guesser", 3)


def test_a_cookie_beside_another_kind_of_authorization_is_still_a_cookie(ann: Person) -> None:
    """Only a token makes a request of another site's page harmless."""
    elsewhere = {"origin": "https://evil.example"}
    for more in ({}, {"authorization": "Basic YTpi"}, {"authorization": "bearer"}):
        answer = ann.client.post("/api/roles", json={"name": "R"}, headers={**elsewhere, **more})
        assert (answer.status_code, answer.json()["code"]) == (403, "cross_site"), more
    assert "R" not in [one["name"] for one in ann.get("/api/directory")["roles"]]


def test_a_member_cannot_keep_all_lines_of_news(site: Site) -> None:
    poller, loop = Poller(site.wired), asyncio.new_event_loop()
    greedy = [Screen("w", "greedy", f"s{place}", loop) for place in range(MOST_OF_ONE + 1)]
    assert [poller.join(screen) for screen in greedy] == [True] * MOST_OF_ONE + [False]
    assert poller.join(Screen("w", "modest", "s", loop))
    assert poller.join(Screen("other", "greedy", "s", loop))
    poller.leave(greedy[0])
    assert poller.join(greedy[-1])
    loop.close()


@pytest.mark.parametrize(
    ("given", "kept"),
    [("invoice\u202egpj.exe", "invoice_gpj.exe"), ("a\u2066b\u2069.txt", "a_b_.txt"), ("a\u2028b.txt", "a_b.txt")],
)
def test_a_name_does_not_turn_the_way_it_is_read(given: str, kept: str) -> None:
    assert clean_name(given) == kept
