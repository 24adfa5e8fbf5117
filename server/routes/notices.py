"""What members are told over HTTP 消息: the message centre, channels, robots, the working calendar, the signing key."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field

from runtime import calendars, messages, recalendared
from runtime.gate import Gate
from server import calling, holidays, mailing, robots, updating
from server.asker import Asker
from server.door import Door
from server.routes.shapes import Answer, Done, Shape

router = Door(tags=["notices"])


class NoticeOut(Answer):
    """Something that the asker was told, in his language. `task` is his task, when there is one."""

    id: str
    kind: str = Field(examples=["task_opened"])
    at: datetime
    sentence: str
    comment: str = ""
    actor: str = ""
    app: str
    form: str
    record: str
    instance: str = ""
    task: str = ""
    read: bool


class NoticesOut(Answer):
    """A page of notices."""

    notices: list[NoticeOut]
    next: str = ""
    unread: int = Field(description="Counted to 100.")


class Unread(Answer):
    """How many notices the asker has not read; counted to 100."""

    unread: int


class ReadIn(Shape):
    """Which notices were read; null: all of them."""

    ids: list[str] | None = Field(default=None, max_length=200)


Channel = Literal["app", "mail", "robot"]


class ChannelsIn(Shape):
    """By kind of event: the channels. `language` is that of mails; empty: the workspace's."""

    channels: dict[str, list[Channel]] = {}
    language: Literal["", "zh-CN", "en"] = ""


class ChannelsOut(Answer):
    """By kind of event: the channels."""

    channels: dict[str, list[Channel]]
    language: str = ""
    mail: bool = Field(description="Whether this server sends mails.")


class RobotIn(Shape):
    """A robot of a chat group. `secret` left out: as it was. `events` empty: everything."""

    id: str = Field(default="", max_length=64)
    name: str = Field(min_length=1, max_length=80)
    kind: Literal["wecom", "dingtalk", "feishu"]
    url: str = Field(max_length=1000, pattern=r"^https?://")
    secret: str = Field(default="", max_length=200)
    events: list[str] = Field(default=[], max_length=40)
    enabled: bool = True


class RobotsIn(Shape):
    """All robots."""

    robots: list[RobotIn] = Field(max_length=20)


class RobotOut(Answer):
    """A robot; its secret is never told."""

    id: str
    name: str
    kind: str
    url: str
    signed: bool
    events: list[str]
    enabled: bool


class RobotsOut(Answer):
    """All robots, and the kinds of events that there are."""

    robots: list[RobotOut]
    kinds: list[str]


class MailedOut(Answer):
    """A test mail was handed to the mail server."""

    address: str


class CalendarIn(Shape):
    """Working days and hours. `weekdays` 1 (Monday) to 7; holidays and make-up days by date, with their names."""

    weekdays: list[Annotated[int, Field(ge=1, le=7)]] = Field(max_length=7)
    hours: list[list[str]] = Field(max_length=6, examples=[[["09:00", "12:00"], ["13:30", "18:00"]]])
    holidays: dict[str, str] = Field(default={}, max_length=2000, examples=[{"2026-10-01": "国庆节"}])
    workdays: dict[str, str] = Field(default={}, max_length=2000)


class CalendarOut(Answer):
    """The workspace's working calendar."""

    weekdays: list[int]
    hours: list[list[str]]
    holidays: dict[str, str]
    workdays: dict[str, str]


class FollowingOut(Answer):
    """What still follows a changed calendar."""

    jobs: int = Field(description="Portions of formulas and deadlines that wait to be reckoned anew; 0: all done.")


class ListedDay(Answer):
    """A day that is otherwise than usual."""

    day: str
    works: bool
    name: str


class Arrangement(Answer):
    """Public holidays as announced, with where that is written."""

    id: str
    name: str
    source: str
    days: list[ListedDay]


class ArrangementsOut(Answer):
    """What comes with the house."""

    arrangements: list[Arrangement]


class KeyOut(Answer):
    """The key with which calls of workflows are signed."""

    key: str


@router.get("/notices")
def notices(
    gate: Gate, unread: bool = False, after: str = "", limit: Annotated[int, Query(ge=1, le=100)] = 30
) -> NoticesOut:
    """What the asker was told, newest first 我的消息."""
    return NoticesOut.model_validate(messages.page(gate, unread=unread, limit=limit, after=after))


@router.get("/notices/count")
def count(gate: Gate) -> Unread:
    """How many the asker has not read 未读数."""
    return Unread.model_validate(messages.unread(gate))


@router.post("/notices/read")
def read(body: ReadIn, gate: Gate) -> Unread:
    """Mark notices as read 标为已读."""
    return Unread.model_validate(messages.read(gate, body.ids))


@router.get("/notices/channels")
def channels(asker: Asker) -> ChannelsOut:
    """How the asker wants to be told 提醒方式."""
    return ChannelsOut.model_validate({**messages.choices(asker.gate), "mail": bool(asker.settings.smtp_url)})


@router.put("/notices/channels")
def choose_channels(body: ChannelsIn, asker: Asker) -> ChannelsOut:
    """Say how one wants to be told 设置提醒方式."""
    chosen = messages.choose(asker.gate, dict(body.channels), body.language)
    return ChannelsOut.model_validate({**chosen, "mail": bool(asker.settings.smtp_url)})


@router.get("/workspace/robots")
def list_robots(asker: Asker) -> RobotsOut:
    """The robots of chat groups; administrators only 群机器人."""
    return RobotsOut.model_validate(robots.listed(asker))


@router.put("/workspace/robots")
def change_robots(body: RobotsIn, asker: Asker) -> RobotsOut:
    """Set the robots; administrators only 设置群机器人."""
    return RobotsOut.model_validate(robots.change(asker, body.model_dump()["robots"]))


@router.post("/workspace/robots/{robot}/test", reads=True)
def test_robot(robot: str, asker: Asker) -> Done:
    """Send a test message; administrators only 测试群机器人."""
    robots.test(asker, robot)
    return Done()


@router.post("/workspace/mail/test", reads=True)
def test_mail(asker: Asker) -> MailedOut:
    """Send the asker a test mail; administrators only 测试邮件."""
    return MailedOut(address=mailing.test(asker))


@router.get("/workspace/calendar")
def calendar(gate: Gate) -> CalendarOut:
    """The working calendar 工作日历."""
    return CalendarOut.model_validate(calendars.read(gate))


@router.get("/workspace/calendar/following")
def calendar_following(asker: Asker) -> FollowingOut:
    """Whether formulas and deadlines still follow a changed calendar 跟随日历."""
    return FollowingOut(jobs=updating.following(asker))


@router.get("/workspace/holidays")
def arrangements(gate: Gate) -> ArrangementsOut:
    """Official holidays that can be taken over into the working calendar 放假安排."""
    return ArrangementsOut.model_validate({"arrangements": holidays.listed(gate)})


@router.put("/workspace/calendar")
def change_calendar(body: CalendarIn, gate: Gate) -> CalendarOut:
    """Set the working calendar; administrators only 设置工作日历. Formulas and deadlines that count by it follow."""
    return CalendarOut.model_validate(recalendared.write(gate, body.model_dump()))


@router.get("/workspace/signing-key")
def signing_key(asker: Asker) -> KeyOut:
    """The key with which calls are signed, "" before the first; administrators only 签名密钥."""
    return KeyOut(key=calling.shown_key(asker))


@router.post("/workspace/signing-key")
def new_signing_key(asker: Asker) -> KeyOut:
    """Make a new key; what is signed with the old one is no longer ours; administrators only 更换签名密钥."""
    return KeyOut(key=calling.new_key(asker))
