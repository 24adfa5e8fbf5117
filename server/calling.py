"""Makes the calls of workflows 接口调用: signed, tried again with growing pauses, its answer told to the workflow."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

from builder.access import system
from builder.problem import LANGUAGES, Conflict, Refusal, conflict, forbidden
from runtime import outside
from runtime.gate import Gate
from server import outbound
from server.asker import Asker
from server.outbound import Asked, Limits
from server.store.identity import workspace_head
from server.store.notices import SqlPreferences
from server.store.outbox import Claimed
from server.store.world import world
from server.transaction import briefly, retrying, transaction
from server.wiring import Wired

Json = Any
HOPELESS = frozenset({"outbound_trial", "outbound_off", "outbound_refused", "call_not_json"})
AGAIN = frozenset({408, 425, 429})
WITHOUT_BODY = frozenset({"GET", "DELETE"})


class Later(Exception):
    """It did not work, and shall be tried again."""


def run(wired: Wired, job: Claimed) -> None:
    """Make the call; raises `Later` while there are tries left, else the node stands as failed."""
    call = job.payload
    try:
        status, values = _made(wired, job)
    except Conflict as refusal:
        problem = refusal.problems[0]
        if problem.code not in HOPELESS and not _refused(problem.params) and job.attempts <= call["retries"]:
            raise Later(problem.sentence("en")) from None
        reason = problem.sentence(LANGUAGES[0])
        _tell(wired, job, lambda gate: outside.gave_up(gate, call, problem.code, reason, problem.params))
        return
    _tell(wired, job, lambda gate: outside.answer(gate, call, status, values))


def _refused(params: Mapping[str, Json]) -> bool:
    """Whether the other side has said that it will never take this."""
    status = int(params.get("status", 500))
    return 400 <= status < 500 and status not in AGAIN


def _made(wired: Wired, job: Claimed) -> tuple[int, dict[str, Json]]:
    call = job.payload
    key, trial = briefly(wired.engine, lambda connection: _prepared(wired, connection, job.workspace))
    body = b"" if call["method"] in WITHOUT_BODY else json.dumps(call["body"], ensure_ascii=False).encode()
    stamp = str(int(wired.clock.now().timestamp()))
    headers = {
        **{str(name): str(value) for name, value in call["headers"].items() if _is_header(name, value)},
        "Content-Type": "application/json",
        "X-Qiaoban-Delivery": job.id,
        "X-Qiaoban-Timestamp": stamp,
        "X-Qiaoban-Signature": f"sha256={signature(key, stamp, body)}",
    }
    asked = Asked(call["method"], call["url"], body, headers)
    answer = outbound.send(wired.settings, asked, Limits(seconds=call["timeout"]), trial=trial)
    if not 200 <= answer.status < 300:
        raise conflict("call_answered", status=answer.status)
    return answer.status, _picked(answer.body, call["answers"])


def _is_header(name: str, value: str) -> bool:
    return f"{name}{value}".isascii() and not any(letter in f"{name}{value}" for letter in "\r\n\0")


def signature(key: str, stamp: str, body: bytes) -> str:
    """HMAC-SHA256 of `timestamp.body`: who knows the workspace's key can tell that the call is ours."""
    return hmac.new(key.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()


def signing_key(preferences: SqlPreferences) -> str:
    """The workspace's key, made when it is first needed."""
    kept = preferences.get("signing") or {}
    if "key" not in kept:
        kept = {"key": secrets.token_urlsafe(32)}
        preferences.put("signing", kept)
    return str(kept["key"])


def _prepared(wired: Wired, connection: Any, workspace: str) -> tuple[str, bool]:
    head = workspace_head(connection, workspace)
    return signing_key(SqlPreferences(connection, workspace)), head is None or head.trial_until is not None


def _picked(body: bytes, wanted: Mapping[str, str]) -> dict[str, Json]:
    """The parts of the answer that go into fields, by path: `order.lines.0.id`."""
    if not wanted:
        return {}
    try:
        whole = json.loads(body)
    except (ValueError, RecursionError):
        raise conflict("call_not_json") from None
    return {field: _part(whole, path) for field, path in wanted.items()}


def _part(whole: Json, path: str) -> Json:
    for step in path.split(".") if path else ():
        if isinstance(whole, list) and step.isascii() and step.isdigit() and int(step) < len(whole):
            whole = whole[int(step)]
        else:
            whole = whole.get(step) if isinstance(whole, dict) else None
    return whole


def _tell(wired: Wired, job: Claimed, say: Any) -> None:
    """Let the workflow know, in a transaction of its own."""

    def once() -> None:
        with transaction(wired.engine) as connection:
            around = world(connection, job.workspace, wired.caches, wired.clock, wired.ids)
            if around.instances.get(job.payload["instance"]) is not None:
                say(Gate(around, system("call"), LANGUAGES[0], wired.compiled))

    try:
        retrying(once)
    except Refusal as refusal:
        if refusal.problems[0].code not in ("no_such_record", "no_such_app"):
            raise


def shown_key(asker: Asker) -> str:
    """The workspace's key, "" before the first call; administrators only."""
    if not asker.actor.admin:
        raise forbidden("admins_only")
    return str((asker.world.preferences.get("signing") or {}).get("key", ""))


def new_key(asker: Asker) -> str:
    """Another key from now on; administrators only."""
    shown_key(asker)
    asker.world.preferences.put("signing", {"key": secrets.token_urlsafe(32)})
    return shown_key(asker)
