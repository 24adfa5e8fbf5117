"""Nobody gets at private addresses through the server 外呼安全: spellings, redirects, rebinding, sizes, time."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from builder.problem import Conflict
from server.outbound import Answered, Asked, Limits, checked, is_public, judged, send
from server.settings import Settings
from tests.server.outdoors import Listener, listening

CLOSED = Settings(outbound_allow="")

PRIVATE = [
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0177.0.0.1/", "http://0x7f.1/", "http://017700000001/", "http://0/", "http://0.0.0.0/", "http://localhost/",
    "http://LOCALHOST:8000/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
    "http://[0:0:0:0:0:ffff:10.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::10.0.0.1]/",
    "http://[2002:7f00:1::]/", "http://[2002:c0a8:101::1]/", "http://[fe80::1]/", "http://[fc00::1]/",
    "http://[fd12:3456::1]/", "http://[ff02::1]/", "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/",
    "http://172.31.255.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://169.254.0.1/",
    "http://100.64.0.1/", "http://198.18.0.1/", "http://192.0.2.1/", "http://224.0.0.1/", "http://240.0.0.1/",
    "http://255.255.255.255/", "http://2852039166/", "http://0xa9fea9fe/", "http://[::ffff:a9fe:a9fe]/",
    "http://[fd00:ec2::254]/latest/", "http://192.0.0.1/", "http://[2001:db8::1]/", "http://[100::1]/",
]  # fmt: skip
NOT_AN_ADDRESS = [
    "file:///etc/passwd", "gopher://example.com/", "ftp://example.com/", "dict://example.com:11211/", "javascript:1",
    "http://", "//example.com/", "example.com", "", "http://user@example.com/", "http://user:pass@example.com/",
    "http://example.com@127.0.0.1/", "http://example.com:99999/", "http://example.com:x/", "http://exa mple.com/",
    "http://example.com\\@127.0.0.1/", "http://example.com/\r\nX: y", "http://[fe80::1%25lo]/", "http://127.0.0.1%2f/",
    "http://ｅxample.com/", "http://[::1/", "http:///path",
]  # fmt: skip


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Somebody on this machine who must not be reached unless he is allowed."""
    with listening() as somebody:
        yield somebody


def code(url: str, settings: Settings = CLOSED, **more: Any) -> str:
    """How a request is refused."""
    with pytest.raises(Conflict) as refusal:
        send(settings, Asked("POST", url, b"{}"), Limits(2), **more)
    return refusal.value.problems[0].code


@pytest.mark.parametrize("url", PRIVATE)
def test_no_spelling_of_a_private_address_is_called(url: str) -> None:
    assert code(url) in ("outbound_refused", "outbound_failed")
    with pytest.raises(Conflict):
        judged(CLOSED, checked(url))


@pytest.mark.parametrize("url", NOT_AN_ADDRESS)
def test_what_is_not_an_address_of_the_web_is_refused(url: str) -> None:
    assert code(url) == "outbound_refused"


def test_a_private_address_is_refused_before_anything_is_sent(listener: Listener) -> None:
    for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"):
        assert code(f"http://{host}:{listener.port}/") == "outbound_refused"
    assert listener.heard == []


def allowing(listener: Listener) -> Settings:
    """The operator allows this one host."""
    return Settings(outbound_allow=f" {listener.host} , other.example")


def test_a_host_that_the_operator_allows_is_called(listener: Listener) -> None:
    listener.answers = [(201, {"x-id": "7"}, b'{"id": 7}')]
    asked = Asked("POST", f"{listener.url}/a?b=c", b"{}", {"X-Own": "1", "Host": "evil", "Content-Length": "99"})
    answer = send(allowing(listener), asked, Limits(5))
    assert answer == Answered(201, answer.headers, b'{"id": 7}')
    heard = listener.heard[0]
    assert (heard.method, heard.path, heard.body) == ("POST", "/a?b=c", b"{}")
    assert (heard.headers["host"], heard.headers["x-own"], heard.headers["content-length"]) == (listener.host, "1", "2")


def test_a_redirect_to_a_private_address_is_not_followed(listener: Listener) -> None:
    with listening() as inner:
        listener.answers = [(302, {"location": f"{inner.url}/secret"}, b"")]
        assert code(listener.url, allowing(listener)) == "outbound_refused"
        for target in ("http://169.254.169.254/latest/", "file:///etc/passwd", "//127.0.0.1:1/", "http://[::1]/"):
            listener.answers = [(307, {"location": target}, b"")]
            assert code(listener.url, allowing(listener)) in ("outbound_refused", "outbound_failed")
        assert inner.heard == []


def test_a_redirect_to_another_host_loses_the_body_and_the_headers(listener: Listener) -> None:
    with listening() as other:
        listener.answers = [(307, {"location": f"{other.url}/"}, b"")]
        settings = Settings(outbound_allow=f"{listener.host},{other.host}")
        send(settings, Asked("POST", listener.url, b"secret", {"X-Signature": "s"}), Limits(5))
        assert other.heard[0].body == b""
        assert "x-signature" not in other.heard[0].headers


def test_redirects_come_to_an_end(listener: Listener) -> None:
    listener.answers = [(302, {"location": "/again"}, b"")]
    assert code(listener.url, allowing(listener)) == "outbound_failed"
    assert len(listener.heard) == 4


def test_a_name_that_means_something_else_a_moment_later_leads_nowhere(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: Any, *given: Any, **more: Any) -> Any:
        asked.append(str(host))
        name = "192.88.99.1" if asked.count("rebind.example") == 1 else "127.0.0.1"
        return real(name if host == "rebind.example" else host, *given, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert code(f"http://rebind.example:{listener.port}/") in ("outbound_failed", "outbound_refused")
    assert asked.count("rebind.example") == 1
    assert listener.heard == []


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(host: Any, port: int, *given: Any, **more: Any) -> Any:
        kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*kind, ("8.8.8.8", port)), (*kind, ("10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert code("http://two.example/") == "outbound_refused"


def test_an_answer_that_is_too_large_or_too_slow_is_given_up(listener: Listener) -> None:
    listener.answers = [(200, {}, b"x" * 2_000_000)]
    assert code(listener.url, allowing(listener)) == "outbound_failed"
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        host = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Conflict) as refusal:
            send(Settings(outbound_allow=host), Asked("GET", f"http://{host}/"), Limits(0.3))
    assert refusal.value.problems[0].code == "outbound_failed"


@pytest.mark.parametrize("drop", [b"X-A: b\r\n", b"x", b"1\r\na\r\n"], ids=["head", "body", "chunks"])
def test_who_answers_drop_by_drop_is_not_waited_for(drop: bytes) -> None:
    """Each drop comes in time, the whole never: the deadline is the connection's, not each read's."""
    heads = {b"X": b"", b"x": b"Content-Length: 9000\r\n\r\n", b"1": b"Transfer-Encoding: chunked\r\n\r\n"}
    over = threading.Event()
    with socket.socket() as tap:
        tap.bind(("127.0.0.1", 0))
        tap.listen()

        def drip() -> None:
            with tap.accept()[0] as held, suppress(OSError):
                held.recv(10_000)
                held.sendall(b"HTTP/1.1 200 OK\r\n" + heads[drop[:1]])
                for _ in range(2_000):
                    held.sendall(drop)
                    if over.wait(0.01):
                        return

        dripping = threading.Thread(target=drip, daemon=True)
        dripping.start()
        host = f"127.0.0.1:{tap.getsockname()[1]}"
        try:
            with pytest.raises(Conflict) as refusal:
                send(Settings(outbound_allow=host), Asked("GET", f"http://{host}/"), Limits(0.4))
        finally:
            over.set()
            dripping.join()
    assert (refusal.value.problems[0].code, "Timeout" in str(refusal.value.problems[0].params)) == (
        "outbound_failed", True,
    )  # fmt: skip


def test_nothing_goes_out_from_a_trial_or_where_the_operator_forbids_it(listener: Listener) -> None:
    assert code(listener.url, allowing(listener), trial=True) == "outbound_trial"
    assert code(listener.url, Settings(outbound=False, outbound_allow=listener.host)) == "outbound_off"
    assert listener.heard == []


def test_ports_of_other_services_are_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **more: [(*kind, ("8.8.8.8", port))])
    for port in (22, 25, 110, 143, 445):
        assert code(f"http://mail.example:{port}/") == "outbound_refused"


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
