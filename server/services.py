"""Services that the operator may set up 可选服务: readers of pictures and texts, senders of codes; off without one.

All speak one small contract, described in docs/services.md: JSON is posted with a bearer secret, JSON comes back.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any, Literal

from builder.problem import Conflict, conflict
from server import outbound
from server.outbound import Asked, Limits
from server.settings import Settings

log = logging.getLogger("qiaoban.services")

Json = Any
Service = Literal["picture", "text", "sms"]
SERVICES: tuple[Service, ...] = ("picture", "text", "sms")
LIMITS = Limits(seconds=25.0, size=500_000, redirects=0)


def offered(settings: Settings, trial: bool) -> list[str]:
    """What this server offers; nothing in a trial, for it sends nothing to the outside."""
    captcha = ["captcha"] if settings.captcha else []
    return [] if trial else [*(name for name in SERVICES if _place(settings, name)[0]), *captcha]


def _place(settings: Settings, service: Service) -> tuple[str, str]:
    return {
        "picture": (settings.picture_url, settings.picture_secret),
        "text": (settings.text_url, settings.text_secret),
        "sms": (settings.sms_url, settings.sms_secret),
    }[service]


def call(settings: Settings, service: Service, body: Mapping[str, Json], *, trial: bool) -> dict[str, Json]:
    """What the service answers; raises `Conflict` in words that tell nothing of where it is."""
    url, secret = _place(settings, service)
    if not url:
        raise conflict("service_off")
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    headers |= {"Authorization": f"Bearer {secret}"} if secret else {}
    sent = json.dumps({"kind": service, **body}, ensure_ascii=False).encode()
    try:
        answer = outbound.send(settings, Asked("POST", url, sent, headers), LIMITS, trial=trial)
    except Conflict as refusal:
        if refusal.problems[0].code == "outbound_trial":
            raise
        log.warning("the %s service cannot be asked: %s", service, refusal.problems[0].sentence("en"))
        raise conflict("service_failed") from None
    if not 200 <= answer.status < 300:
        log.warning("the %s service answered with status %d", service, answer.status)
        raise conflict("service_failed")
    return _read(answer.body)


def _read(body: bytes) -> dict[str, Json]:
    try:
        found = json.loads(body or b"{}", parse_float=str)
    except (ValueError, RecursionError):
        raise conflict("service_failed") from None
    return found if isinstance(found, dict) else {}
