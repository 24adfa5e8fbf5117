"""The only way out 外呼: http(s) to public addresses, resolved once, checked, and connected to as checked (SSRF).

A name is resolved here, every address it stands for is judged, and the request goes to a judged address with the
name kept for TLS and `Host`: what a name stands for a moment later does not matter. Redirects are judged anew.
"""

import ipaddress
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

import httpcore2
import httpx2

from builder.problem import conflict
from server.hurry import Hurry
from server.settings import Settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
SCHEMES = {"http": 80, "https": 443}
LOW_PORTS = frozenset(SCHEMES.values())
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NAT64 = ipaddress.ip_network("64:ff9b::/96")
BROKEN = (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, httpcore2.UnsupportedProtocol)
OWN = frozenset({"host", "content-length", "transfer-encoding", "connection", "upgrade", "proxy-authorization", "te"})
"""Headers that are not the sender's to set."""


@dataclass(frozen=True)
class Limits:
    """How long and how much: seconds altogether, bytes of an answer, redirects followed."""

    seconds: float = 10.0
    size: int = 1_000_000
    redirects: int = 3


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def send(settings: Settings, asked: Asked, limits: Limits = Limits(), *, trial: bool = False) -> Answered:
    """Make a request; raises `Conflict` with `outbound_refused`, `outbound_trial` or `outbound_failed`."""
    if trial:
        raise conflict("outbound_trial")
    if not settings.outbound:
        raise conflict("outbound_off")
    until = time.monotonic() + limits.seconds
    for _ in range(limits.redirects + 1):
        answer = _once(settings, asked, limits, until)
        location = answer.headers.get("location", "")
        if answer.status not in REDIRECTS or not location:
            return answer
        asked = _redirected(asked, answer.status, location)
    raise conflict("outbound_failed", reason="too many redirects")


def _redirected(asked: Asked, status: int, location: str) -> Asked:
    """The next request; what was meant for one host is not told to another."""
    url = urljoin(asked.url, location)
    before, after = urlsplit(asked.url), urlsplit(url)
    same = after.netloc == before.netloc and (after.scheme == before.scheme or after.scheme == "https")
    headers = asked.headers if same else {}
    if status in (307, 308):
        return Asked(asked.method, url, asked.body if same else b"", headers)
    return Asked("GET", url, b"", headers)


def _once(settings: Settings, asked: Asked, limits: Limits, until: float) -> Answered:
    place = checked(asked.url)
    address = judged(settings, place)
    host, port = place.hostname or "", place.port or SCHEMES[place.scheme]
    shown = f"[{address}]" if address.version == 6 else str(address)
    path = place.path or "/"
    target = f"{place.scheme}://{shown}:{port}{path}" + (f"?{place.query}" if place.query else "")
    headers = {name: value for name, value in asked.headers.items() if name.lower() not in OWN}
    named = host if port == SCHEMES[place.scheme] else f"{host}:{port}"
    if asked.body or asked.method not in ("GET", "DELETE"):
        headers["Content-Length"] = str(len(asked.body))
    headers |= {"Host": f"[{host}]" if ":" in host else named, "User-Agent": "Qiaoban", "Accept-Encoding": "identity"}
    try:
        url = httpx2.URL(target)
        asked_for = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=port, target=url.raw_path)
        with (
            httpcore2.ConnectionPool(httpx2.create_ssl_context(trust_env=False), network_backend=Hurry(until)) as pool,
            pool.stream(
                asked.method, asked_for, content=asked.body, headers=list(headers.items()),
                extensions={"sni_hostname": host},
            ) as answer,
        ):  # fmt: skip
            return Answered(answer.status, _heads(answer), _read(answer, limits))
    except (*BROKEN, httpx2.InvalidURL, OSError, ValueError) as error:
        raise conflict("outbound_failed", reason=f"{type(error).__name__}: {error}"[:200]) from None


def _heads(answer: httpcore2.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}


def _read(answer: httpcore2.Response, limits: Limits) -> bytes:
    """The body, as long as it is small enough; that it comes in time the connection sees to."""
    parts, size = [], 0
    for part in answer.iter_stream():
        size += len(part)
        if size > limits.size:
            raise conflict("outbound_failed", reason=f"the answer is larger than {limits.size} bytes")
        parts.append(part)
    return b"".join(parts)


def checked(url: str) -> SplitResult:
    """The parts of an address that may be asked at all; raises `Conflict`."""
    try:
        place = urlsplit(url)
        port = place.port
    except ValueError:
        raise conflict("outbound_refused", host=url[:200]) from None
    host = place.hostname or ""
    plain = url.isascii() and not any(letter in url for letter in " \t\r\n\\") and url.isprintable()
    allowed = place.scheme in SCHEMES and host and place.username is None and place.password is None and plain
    if not allowed or "%" in host or (port is not None and not 0 < port < 65536):
        raise conflict("outbound_refused", host=url[:200])
    return place


def judged(settings: Settings, place: SplitResult) -> Address:
    """An address to connect to: every one the name stands for must be public, unless the operator allows the host."""
    host, port = place.hostname or "", place.port or SCHEMES[place.scheme]
    trusted = {f"{host}:{port}", host} & settings.outbound_hosts
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise conflict("outbound_failed", reason=f"unknown host {host}"[:200]) from None
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not addresses or (not trusted and not (_all_public(addresses) and (port in LOW_PORTS or port >= 1024))):
        raise conflict("outbound_refused", host=f"{host}:{port}"[:200])
    return addresses[0]


def _all_public(addresses: Sequence[Address]) -> bool:
    return all(is_public(each) for each in addresses)


def is_public(address: Address) -> bool:
    """Whether an address, and any that is wrapped in it, is one of the public internet's."""
    inner = _wrapped(address)
    if inner is not None and not is_public(inner):
        return False
    closed = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    mapped = isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None
    return mapped or (address.is_global and not closed and not address.is_link_local)


def _wrapped(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address within an IPv6 one: mapped, 6to4, Teredo, NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
