"""Robots in the groups of WeCom, DingTalk and Feishu 群机器人: what happened, in the words that each understands."""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal
from urllib.parse import quote_plus

from pydantic import Field as Setting

from builder.model import Label, Model
from builder.problem import Conflict, conflict, forbidden, invalid, missing, sentence
from runtime import telling
from runtime.gate import Gate
from runtime.notify import KINDS
from runtime.personas import actor_of
from runtime.ports import Job, Notice
from server import mailing, outbound
from server.asker import Asker
from server.calling import HOPELESS, Later
from server.outbound import Asked
from server.settings import Settings
from server.store.identity import workspace_head
from server.store.outbox import Claimed
from server.store.world import world
from server.transaction import transaction
from server.wiring import Wired

MOST = 100
LINES = 20
TRIES = 5
GONE = frozenset({401, 403, 404, 410})
CODES = {
    "93000": "robot_address", "300005": "robot_address", "19001": "robot_address",
    "19021": "robot_sign", "19024": "robot_keyword", "19022": "robot_ip",
    **dict.fromkeys(("45009", "410100", "130101", "11232", "9499"), "robot_often"),
}  # fmt: skip
"""What WeCom, DingTalk and Feishu mean by their numbers."""
WORDS = {
    "sign": "robot_sign", "timestamp": "robot_sign", "keyword": "robot_keyword", "key words": "robot_keyword",
    "ip": "robot_ip", "token": "robot_address", "webhook": "robot_address", "freq": "robot_often",
}  # fmt: skip
"""And by their words: DingTalk has one number for all that its security settings refuse."""
FINAL = HOPELESS | {"robot_address", "robot_sign", "robot_keyword", "robot_ip"}


class Robot(Model):
    """A robot of a group. `events` empty: everything; `secret` signs (DingTalk and Feishu)."""

    id: Label
    name: Label
    kind: Literal["wecom", "dingtalk", "feishu"]
    url: str = Setting(max_length=1000, pattern=r"^https?://")
    secret: str = Setting(default="", max_length=200)
    events: tuple[str, ...] = ()
    enabled: bool = True


def run(wired: Wired, job: Claimed) -> None:
    """Put into words what robots have not been told yet, and let each be told on its own."""
    with transaction(wired.engine) as connection:
        around = world(connection, job.workspace, wired.caches, wired.clock, wired.ids)
        found = around.notices.wanted("robot", "", MOST)
        head = workspace_head(connection, job.workspace)
        allowed = head is not None and head.trial_until is None
        for robot in kept(around.preferences) if allowed else ():
            meant = [one for one in found if not robot.events or one.kind in robot.events]
            if robot.enabled and meant and head is not None:
                lines = _lines(wired, around, meant, head.language)
                around.outbox.send(Job("post", {"robot": robot.id, "title": head.name, "lines": lines}))
        around.notices.put([replace(one, robot="sent" if allowed else "off") for one in found])
        if len(found) == MOST:
            around.outbox.send(Job("robot", {}, None, "robot"))


def _lines(wired: Wired, around: Any, notices: Sequence[Notice], language: str) -> list[str]:
    """One line for each thing that happened, whoever is told; in words that the first of them may read."""
    groups: dict[tuple[str, ...], list[Notice]] = {}
    for one in notices:
        groups.setdefault((one.kind, one.instance, one.node, one.text), []).append(one)
    people = around.directory.members()
    found = []
    for group in list(groups.values())[:LINES]:
        first = people.get(group[0].member)
        actor = actor_of(around.directory, group[0].member, bool(first and first.admin))
        gate = Gate(around, actor, language, wired.compiled)
        told = telling.told(gate, group[:1])[0]
        names = list(dict.fromkeys(people[one.member].name for one in group if one.member in people))
        line = sentence("notice_for", language, {"people": "、".join(names[:10]), "sentence": told["sentence"]})
        found.append(f"{line} {mailing.link(wired.settings, {**told, 'task': ''})}".strip())
    return found


def post(wired: Wired, job: Claimed) -> None:
    """Tell one robot; raises `Later` while there are tries left."""
    with transaction(wired.engine, writes=False) as connection:
        around = world(connection, job.workspace, wired.caches, wired.clock, wired.ids)
        head = workspace_head(connection, job.workspace)
        robot = next((one for one in kept(around.preferences) if one.id == job.payload["robot"]), None)
    if robot is None or head is None:
        return
    try:
        stamp = int(wired.clock.now().timestamp())
        send(wired.settings, robot, job.payload["title"], job.payload["lines"], stamp, head.trial_until is not None)
    except Conflict as refusal:
        if refusal.problems[0].code not in FINAL and job.attempts < TRIES:
            raise Later(refusal.problems[0].sentence("en")) from None


def send(settings: Settings, robot: Robot, title: str, lines: Sequence[str], stamp: int, trial: bool) -> None:
    """Make the request in the robot's own form; raises `Conflict`."""
    url, body = request_of(robot, title, lines, stamp)
    sent = json.dumps(body, ensure_ascii=False).encode()
    answer = outbound.send(settings, Asked("POST", url, sent, {"Content-Type": "application/json"}), trial=trial)
    if not 200 <= answer.status < 300:
        raise conflict("robot_address" if answer.status in GONE else "robot_refused", reason=str(answer.status))
    try:
        said = json.loads(answer.body)
    except ValueError:
        said = {}
    code = said.get("errcode", said.get("code", 0)) if isinstance(said, dict) else 0
    if code:
        reason = str(said.get("errmsg") or said.get("msg") or code)[:200]
        raise conflict(_why(str(code), reason), reason=f"{code}: {reason}")


def _why(code: str, reason: str) -> str:
    """What is wrong, of what the three of them answer, so that the sentence says what to do."""
    if code in CODES:
        return CODES[code]
    return next((why for word, why in WORDS.items() if word in reason.lower()), "robot_refused")


def request_of(robot: Robot, title: str, lines: Sequence[str], stamp: int) -> tuple[str, dict[str, Any]]:
    """Where to, and what: as WeCom, DingTalk and Feishu describe it."""
    title, lines = plain(title), [plain(line) for line in lines]
    if robot.kind == "wecom":
        text = _cut("\n".join([f"**{title}**", *(f"> {line}" for line in lines)]), 4000)
        return robot.url, {"msgtype": "markdown", "markdown": {"content": text}}
    if robot.kind == "dingtalk":
        text = _cut("\n\n".join([f"#### {title}", *(f"- {line}" for line in lines)]), 18_000)
        body = {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
        return _signed_url(robot, stamp * 1000), body
    body = {"msg_type": "text", "content": {"text": _cut("\n".join([title, *lines]), 18_000)}}
    if robot.secret:
        body |= {"timestamp": str(stamp), "sign": _sign(f"{stamp}\n{robot.secret}".encode(), b"")}
    return robot.url, body


def plain(text: str) -> str:
    """One line in which a title or a name calls nobody (`<at>`, `<@id>`), and hides no link."""
    return " ".join(text.split()).replace("<", "＜").replace("](", "］(")


def _signed_url(robot: Robot, milliseconds: int) -> str:
    if not robot.secret:
        return robot.url
    sign = _sign(robot.secret.encode(), f"{milliseconds}\n{robot.secret}".encode())
    joined = "&" if "?" in robot.url else "?"
    return f"{robot.url}{joined}timestamp={milliseconds}&sign={quote_plus(sign)}"


def _sign(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


def _cut(text: str, size: int) -> str:
    """At most so many bytes of it."""
    return text.encode()[:size].decode(errors="ignore")


def kept(preferences: Any) -> list[Robot]:
    """The workspace's robots."""
    return [Robot.model_validate(one) for one in (preferences.get("robots") or {}).get("robots", ())]


def listed(asker: Asker) -> dict[str, Any]:
    """The robots, their secrets covered; administrators only."""
    if not asker.actor.admin:
        raise forbidden("admins_only")
    robots = [
        {**one.model_dump(mode="json", exclude={"secret"}), "signed": bool(one.secret)}
        for one in kept(asker.world.preferences)
    ]
    return {"robots": robots, "kinds": list(KINDS)}


def change(asker: Asker, robots: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Set the robots; one whose secret is not given keeps the one it had."""
    before = {one["id"]: one for one in listed(asker)["robots"]}
    old = {one.id: one.secret for one in kept(asker.world.preferences)}
    found = []
    for one in robots[:20]:
        id = one["id"] if one.get("id") in before else asker.world.ids.new()
        unknown = sorted(set(one.get("events", ())) - set(KINDS))
        if unknown:
            raise invalid("no_such_channel", "events", kind=unknown[0])
        found.append(
            Robot.model_validate({**one, "id": id, "secret": one.get("secret") or old.get(id, "")}).model_dump(
                mode="json"
            )
        )
    asker.world.preferences.put("robots", {"robots": found})
    return listed(asker)


def test(asker: Asker, id: str) -> None:
    """Send a test message to one robot; raises `Conflict` with what it answered."""
    listed(asker)
    robot = next((one for one in kept(asker.world.preferences) if one.id == id), None)
    if robot is None:
        raise missing("no_such_robot")
    stamp = int(asker.world.clock.now().timestamp())
    head = workspace_head(asker.connection, asker.workspace)
    words = sentence("robot_test", asker.language, {})
    send(asker.settings, robot, head.name if head else "Qiaoban 巧板", [words], stamp, asker.trial)
