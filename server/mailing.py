"""Mails to members 邮件: what one person is to be told, gathered, in his language, with links; never from a trial."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from html import escape
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from builder.problem import Conflict, conflict, forbidden, sentence
from runtime import telling
from runtime.gate import Gate
from runtime.personas import actor_of
from runtime.ports import Notice
from server.asker import Asker
from server.calling import Later
from server.settings import Settings
from server.store.identity import workspace_head
from server.store.outbox import Claimed
from server.store.world import world
from server.transaction import transaction
from server.wiring import Wired

MOST = 50
PATIENCE = 20


@dataclass(frozen=True)
class Letter:
    """A mail, and the notices that it tells."""

    mail: EmailMessage | None
    notices: Sequence[Notice]


def run(wired: Wired, job: Claimed) -> None:
    """Send one mail with everything that the member has not been told yet."""
    with transaction(wired.engine, writes=False) as connection:
        letter = _letter(wired, connection, job.workspace, str(job.payload["member"]))
    if letter.mail is not None:
        try:
            send(wired.settings, letter.mail)
        except (OSError, smtplib.SMTPException) as error:
            raise Later(f"{type(error).__name__}: {error}") from None
    with transaction(wired.engine) as connection:
        around = world(connection, job.workspace, wired.caches, wired.clock, wired.ids)
        done = "sent" if letter.mail is not None else "off"
        around.notices.put([replace(one, mail=done) for one in _still(around.notices, job, letter)])


def _still(notices: Any, job: Claimed, letter: Letter) -> list[Notice]:
    """Those of the letter's notices as they stand now: one may have been read meanwhile."""
    ids = {one.id for one in letter.notices}
    return [one for one in notices.wanted("mail", str(job.payload["member"]), MOST) if one.id in ids]


def _letter(wired: Wired, connection: Any, workspace: str, member: str) -> Letter:
    around = world(connection, workspace, wired.caches, wired.clock, wired.ids)
    found = around.notices.wanted("mail", member, MOST)
    head, person = workspace_head(connection, workspace), around.directory.members().get(member)
    reachable = person is not None and person.enabled and bool(person.email)
    fresh = [one for one in found if one.read_at is None]
    if not wired.settings.smtp_url or head is None or head.trial_until is not None or not reachable or not fresh:
        return Letter(None, found)
    assert person is not None
    language = (around.preferences.get("notices", member) or {}).get("language") or head.language
    gate = Gate(around, actor_of(around.directory, member, person.admin), language, wired.compiled)
    return Letter(written(wired.settings, gate, person.name, person.email, head.name, fresh), found)


def written(
    settings: Settings, gate: Gate, name: str, address: str, workspace: str, notices: Sequence[Notice]
) -> EmailMessage:
    """The mail: one line a notice, with a link to the task or the record."""
    lines = [(str(one["sentence"]), link(settings, one)) for one in telling.told(gate, notices)]
    many = sentence("notice_many", gate.language, {"count": len(lines)})
    mail = EmailMessage()
    mail["Subject"] = " ".join((lines[0][0] if len(lines) == 1 else f"{workspace}: {many}").split())[:200]
    mail["From"] = sender(settings)
    mail["To"] = address
    mail["Auto-Submitted"] = "auto-generated"
    greeting = sentence("notice_greeting", gate.language, {"name": name})
    footer = f"{workspace} · {sentence('notice_footer', gate.language, {})}"
    body = "\n\n".join(f"{told}\n{place}".strip() for told, place in lines)
    mail.set_content(f"{greeting}\n\n{body}\n\n--\n{footer}\n")
    rows = "".join(_row(told, place, gate.language) for told, place in lines)
    mail.add_alternative(f"<p>{escape(greeting)}</p><ul>{rows}</ul><p><small>{escape(footer)}</small></p>", "html")
    return mail


def _row(told: str, place: str, language: str) -> str:
    opens = f' <a href="{escape(place)}">{sentence("notice_open", language, {})}</a>' if place else ""
    return f"<li>{escape(told)}{opens}</li>"


def link(settings: Settings, told: dict[str, Any]) -> str:
    """Where the notice leads, as people reach the server; "" when that is not known."""
    if not settings.public_url:
        return ""
    place = f"/app/{told['app']}/form/{told['form']}?record={told['record']}"
    if told["task"]:
        place = f"/app/{told['app']}/tasks/todo?task={told['task']}"
    return settings.public_url.rstrip("/") + place


def test(asker: Asker) -> str:
    """Send the asker a test mail, at once; answers to which address. Raises `Forbidden`, `Conflict` that says what to
    do."""
    if not asker.actor.admin:
        raise forbidden("admins_only")
    person = asker.world.directory.members().get(asker.actor.id)
    address = person.email if person is not None else ""
    if asker.trial:
        raise conflict("outbound_trial")
    if not asker.settings.smtp_url:
        raise conflict("mail_off")
    if not address:
        raise conflict("mail_no_address")
    mail = EmailMessage()
    mail["Subject"] = sentence("mail_test", asker.language, {})
    mail["From"], mail["To"], mail["Auto-Submitted"] = sender(asker.settings), address, "auto-generated"
    mail.set_content(sentence("mail_test_body", asker.language, {}) + "\n")
    try:
        send(asker.settings, mail)
    except (OSError, smtplib.SMTPException) as error:
        raise _explained(asker.settings, error, address) from error
    return address


EXPLAINED: tuple[tuple[type[Exception] | tuple[type[Exception], ...], str], ...] = (
    (smtplib.SMTPAuthenticationError, "mail_login"),
    (smtplib.SMTPSenderRefused, "mail_sender"),
    (smtplib.SMTPRecipientsRefused, "mail_recipient"),
    ((ssl.SSLError, smtplib.SMTPServerDisconnected), "mail_insecure"),
    (smtplib.SMTPException, "mail_refused"),
    (OSError, "mail_unreachable"),
)


def _explained(settings: Settings, error: Exception, address: str) -> Conflict:
    """What a mail server's refusal means, without what was said about users and passwords."""
    code = next(code for kind, code in EXPLAINED if isinstance(error, kind))
    place = urlsplit(settings.smtp_url)
    host = f"{place.hostname or 'localhost'}:{place.port}" if place.port else place.hostname or "localhost"
    number = getattr(error, "smtp_code", "")
    reason = f"{number} {type(error).__name__}".strip()
    return conflict(code, host=host, reason=reason, sender=sender(settings), address=address)


def sender(settings: Settings) -> str:
    """Whom mails are from."""
    place = urlsplit(settings.smtp_url)
    named = parse_qs(place.query).get("from", [""])[0]
    return named or unquote(place.username or "") or f"qiaoban@{place.hostname or 'localhost'}"


def send(settings: Settings, mail: EmailMessage) -> None:
    """Hand a mail to the operator's mail server."""
    place = urlsplit(settings.smtp_url)
    host, secure = place.hostname or "localhost", place.scheme == "smtps"
    port = place.port or (465 if secure else 25)
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=context)
        if secure
        else smtplib.SMTP(host, port, timeout=PATIENCE)
    ) as server:
        server.ehlo()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        if place.username:
            server.login(unquote(place.username), unquote(place.password or ""))
        server.send_message(mail)
