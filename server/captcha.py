"""Is it a person? 人机验证 for public links: a proof of work that needs nobody, or the operator's captcha service.

A challenge is signed and kept nowhere; a solution counts once, for its own link, and for ten minutes.
"""

import hashlib
import hmac
import json
import secrets
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection

from builder.problem import Conflict, Forbidden, Problem, conflict, forbidden, missing
from server import outbound, public, wiring
from server.asker import Asker, Visitor
from server.outbound import Asked, Limits
from server.public import Opened
from server.store import public_links
from server.transaction import briefly

BITS = 16
"""How many leading zero bits a solution has: about 65 000 tries, a moment on a phone."""
MINUTES = 10
PER_MINUTE = 30
VERIFIERS = {
    "turnstile": "https://challenges.cloudflare.com/turnstile/v0/siteverify",
    "hcaptcha": "https://api.hcaptcha.com/siteverify",
}


def kind(found: Opened) -> str:
    """What the link asks of strangers: "", "work" or "provider"; where no provider may be asked, work will do."""
    asked = found.link.terms.captcha
    if asked == "off":
        return ""
    return "provider" if asked == "provider" and found.asker.settings.captcha and not found.asker.trial else "work"


def challenge(visitor: Visitor, token: str, password: str) -> dict[str, Any]:
    """A riddle whose solution shows that some work was done; nothing to do where the link asks for none."""
    visitor.state.limits.count("public_challenge", visitor.address, PER_MINUTE)
    found = public.opened(visitor, token, password)
    wanted = kind(found)
    if wanted != "work":
        return {"kind": wanted, "challenge": "", "bits": 0}
    return {"kind": wanted, "challenge": _signed(found, f"work-{BITS}"), "bits": BITS}


def exchange(visitor: Visitor, token: str, password: str, answer: str) -> dict[str, str]:
    """A proof for what the captcha service finds right; raises `Forbidden`."""
    visitor.state.limits.count("public_captcha", visitor.address, PER_MINUTE)
    found = public.opened(visitor, token, password)
    if kind(found) != "provider":
        raise missing("link_closed")
    if not answer or not _right(found.asker, answer, visitor.address):
        raise forbidden("captcha_wrong", "answer")
    return {"proof": _signed(found, "pass")}


def _right(asker: Asker, answer: str, address: str) -> bool:
    settings = asker.settings
    url = VERIFIERS.get(settings.captcha, settings.captcha_verify_url)
    fields = {"secret": settings.captcha_secret, "response": answer, "remoteip": address}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    asked = Asked("POST", url, urlencode(fields).encode(), headers)
    try:
        said = json.loads(outbound.send(settings, asked, Limits(8, 100_000, 0), trial=asker.trial).body)
    except Conflict:
        raise conflict("service_failed") from None
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("success") is True


def need(found: Opened, proof: str) -> str:
    """The proof's name, once, if it is right; "" where none is asked for. Raises `Forbidden`."""
    wanted = kind(found)
    if not wanted:
        return ""
    if not proof:
        raise Forbidden(Problem("captcha_needed", ("proof",)))
    given, _, number = proof.partition("#")
    if not _ours(found, given, "pass" if wanted == "provider" else f"work-{BITS}"):
        raise Forbidden(Problem("captcha_again", ("proof",)))
    if wanted == "work" and not solved(given, number, BITS):
        raise Forbidden(Problem("captcha_wrong", ("proof",)))
    return f"proof:{wiring.hashed(given)}"


def use(connection: Connection, found: Opened, proof: str) -> None:
    """Let a right proof count once; raises `Forbidden` the second time."""
    name = need(found, proof)
    where, now = (found.asker.workspace, found.link.id), found.asker.state.clock.now()
    if name and not public_links.note_use(connection, *where, name, now):
        raise Forbidden(Problem("captcha_again", ("proof",)))


def use_apart(found: Opened, proof: str) -> None:
    """The same for a request that only reads."""
    if need(found, proof):
        briefly(found.asker.state.engine, lambda connection: use(connection, found, proof))


def solved(given: str, number: str, bits: int) -> bool:
    """Whether SHA-256 of `challenge#number` begins with so many zero bits."""
    if not (number.isascii() and number.isdigit() and len(number) <= 16):
        return False
    digest = hashlib.sha256(f"{given}#{number}".encode()).digest()
    return int.from_bytes(digest) >> (256 - bits) == 0


def _signed(found: Opened, purpose: str) -> str:
    until = int(found.asker.state.clock.now().timestamp()) + MINUTES * 60
    text = f"{purpose}.{until}.{secrets.token_urlsafe(12)}"
    return f"{text}.{_mac(found, text)}"


def _ours(found: Opened, given: str, purpose: str) -> bool:
    text, _, mac = given.rpartition(".")
    said, _, rest = text.partition(".")
    until = rest.partition(".")[0]
    fresh = until.isascii() and until.isdigit() and int(until[:12]) >= found.asker.state.clock.now().timestamp()
    return said == purpose and fresh and hmac.compare_digest(mac.encode(), _mac(found, text).encode())


def _mac(found: Opened, text: str) -> str:
    """Signed with a key that is made of what only the server knows of this link."""
    held: dict[str, str] = found.asker.world.preferences.get("captcha") or {}
    if "key" not in held:
        raise conflict("captcha_again")
    return hmac.new(held["key"].encode(), f"{found.link.id}.{text}".encode(), hashlib.sha256).hexdigest()
