"""Public links over HTTP 公开链接: the strangers' side without a session, and what administrators set up."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import File, Form, UploadFile
from pydantic import Field

from runtime.public import Terms
from server import captcha, phones, public, public_events, strangers
from server.asker import Asker, Visitor
from server.door import Door
from server.routes.files import FileOut
from server.routes.form_events import EventId, SuggestedOut
from server.routes.services import CodeSentOut, VerifiedOut
from server.routes.shapes import Answer, AppId, Done, FormId, Shape, Values

router = Door(tags=["public links"])
Proof = Annotated[str, Field(max_length=300, description="That it is a person, where the link asks for it.")]
Secret = Annotated[str, Field(max_length=200, description="The link's password, if it has one.")]


class LinkTerms(Shape):
    """What a link offers, and until when. Moments are instants; null for no bound; `limit` 0 for none."""

    title: str = Field(default="", max_length=200, description="Above the page; the form's name when empty.")
    description: str = Field(default="", max_length=10_000)
    thanks: str = Field(default="", max_length=10_000, description="Shown after sending.")
    fields: list[str] = Field(max_length=500, description="fill: to be filled in; query: shown of what is found.")
    asked: list[str] = Field(default=[], max_length=5, description="query: what must be known, matched exactly.")
    view: str = Field(default="", max_length=63, description="query: only records of this view.")
    owner: str = Field(default="", max_length=64, description="The member for whom records come in; you if empty.")
    opens_at: str | None = Field(default=None, max_length=40, examples=["2026-11-23T01:00:00Z"])
    closes_at: str | None = Field(default=None, max_length=40)
    limit: int = Field(default=0, ge=0, le=10_000_000, description="How many records may come in.")
    once: bool = Field(default=False, description="Each device may send once.")
    prefill: bool = Field(default=True, description="Whether ?field=value in the address fills fields in.")
    captcha: Literal["off", "work", "provider"] = Field(
        default="off", description="How strangers show they are people."
    )


class LinkIn(Shape):
    """A new link."""

    kind: Literal["fill", "query"]
    terms: LinkTerms
    password: str = Field(default="", max_length=200)


class LinkChange(Shape):
    """What shall be different; `password` "" takes the password away."""

    terms: LinkTerms | None = None
    password: str | None = Field(default=None, max_length=200)
    enabled: bool | None = None


class LinkOut(Answer):
    """A public link, as administrators see it."""

    id: str
    token: str = Field(description="The address is /p/{token}.")
    kind: str
    terms: dict[str, Any]
    has_password: bool
    enabled: bool
    used: int
    created_by: str
    created_at: datetime


class LinkField(Answer):
    """A field, and why it cannot be filled in, shown or asked for by a link; "" when it can."""

    id: str
    label: str
    fill: str
    show: str
    ask: str


class LinkView(Answer):
    """A view that a query may be limited to."""

    id: str
    name: str


class LinksOut(Answer):
    """A form's links, and what a link of it may offer."""

    links: list[LinkOut]
    fields: list[LinkField]
    views: list[LinkView]


class OpenIn(Shape):
    """The page of a link."""

    password: Secret = ""


class PublicOut(Answer):
    """The page of a link. Without the right password, or while it does not work, only what it is called."""

    kind: str
    title: str
    state: str = Field(description="open, early, over, full or done (this device has sent already).")
    needs_password: bool
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    timezone: str
    trial: bool
    prefill: bool
    description: str = ""
    definition: dict[str, Any] | None = None
    trees: dict[str, Any] = {}
    writable: list[str] = []
    columns: list[dict[str, str]] = []
    captcha: str = Field(default="", description='"", work or provider: what must be proved before sending.')
    services: list[str] = []


class FillIn(Shape):
    """What a stranger sends. The same `attempt` twice adds one record."""

    values: Values
    password: Secret = ""
    attempt: str = Field(default="", max_length=64)
    proof: Proof = ""


class StepIn(Shape):
    """What is filled in so far, and the fields that were asked for."""

    values: Values
    seen: list[str] = Field(max_length=500)
    password: Secret = ""


class Thanks(Answer):
    """It came in."""

    thanks: str
    again: bool = Field(description="Whether this device may send another.")


class QueryIn(Shape):
    """What the stranger knows."""

    values: Values
    password: Secret = ""
    proof: Proof = ""


class RanIn(Shape):
    """What is filled in so far; `row` as for members."""

    values: Values
    password: Secret = ""
    row: int = Field(default=0, ge=0, le=100_000)


class ChallengeOut(Answer):
    """Find a number so that SHA-256 of `challenge#number` begins with `bits` zero bits; send it as `proof`."""

    kind: str = Field(description='"" for nothing to do, work, or provider (see /captcha).')
    challenge: str
    bits: int


class CaptchaIn(Shape):
    """What the captcha service gave."""

    answer: str = Field(max_length=4000)
    password: Secret = ""


class ProofOut(Answer):
    """To be sent as `proof`; good once."""

    proof: str


class PhoneIn(Shape):
    """A number in a field that asks for a code."""

    field: str = Field(max_length=63)
    number: str = Field(max_length=40)
    password: Secret = ""


class PhoneCodeIn(PhoneIn):
    """The number, and the code that came."""

    code: str = Field(max_length=12)


class FoundOut(Answer):
    """What was found, as words by field; at most 20 records."""

    rows: list[dict[str, str]]


@router.post("/public/{token}", reads=True)
def open_link(token: str, body: OpenIn, visitor: Visitor) -> PublicOut:
    """The page of a link 打开公开链接."""
    return PublicOut.model_validate(strangers.described(visitor, token, body.password))


@router.post("/public/{token}/records", status_code=201)
def fill_in(token: str, body: FillIn, visitor: Visitor) -> Thanks:
    """Send what was filled in 提交公开表单."""
    found = strangers.fill_in(visitor, token, body.password, body.values, body.attempt, body.proof)
    return Thanks.model_validate(found)


@router.post("/public/{token}/judge", reads=True)
def judge(token: str, body: StepIn, visitor: Visitor) -> Done:
    """Whether what is filled in so far may be sent 分步校验."""
    strangers.judge(visitor, token, body.password, body.values, body.seen)
    return Done()


@router.post("/public/{token}/query", reads=True)
def query(token: str, body: QueryIn, visitor: Visitor) -> FoundOut:
    """What the link shows of the records that match exactly 公开查询."""
    return FoundOut(rows=strangers.query(visitor, token, body.password, body.values, body.proof))


@router.post("/public/{token}/files", status_code=201, reads=True)
def upload(
    token: str,
    file: Annotated[UploadFile, File(description="At most 20 MB.")],
    visitor: Visitor,
    password: Annotated[str, Form(max_length=200)] = "",
) -> FileOut:
    """Store a file that is about to be named in a field of the link 上传."""
    return FileOut.model_validate(strangers.upload(visitor, token, password, file))


@router.post("/public/{token}/challenge", reads=True)
def challenge(token: str, body: OpenIn, visitor: Visitor) -> ChallengeOut:
    """A riddle for the browser of a person 人机验证题目."""
    return ChallengeOut.model_validate(captcha.challenge(visitor, token, body.password))


@router.post("/public/{token}/captcha", reads=True)
def exchange(token: str, body: CaptchaIn, visitor: Visitor) -> ProofOut:
    """A proof for what the captcha service gave 人机验证."""
    return ProofOut.model_validate(captcha.exchange(visitor, token, body.password, body.answer))


@router.post("/public/{token}/phone-codes", reads=True)
def send_code(token: str, body: PhoneIn, visitor: Visitor) -> CodeSentOut:
    """Send a code to the number of the field 发送手机验证码."""
    return CodeSentOut.model_validate(phones.ask_publicly(visitor, token, body.password, body.field, body.number))


@router.post("/public/{token}/phone-codes/check", reads=True)
def check_code(token: str, body: PhoneCodeIn, visitor: Visitor) -> VerifiedOut:
    """Whether the code is right 核对手机验证码."""
    found = phones.tell_publicly(visitor, token, body.password, body.field, body.number, body.code)
    return VerifiedOut.model_validate(found)


@router.post("/public/{token}/events/{event}", reads=True)
def run_event(token: str, event: EventId, body: RanIn, visitor: Visitor) -> SuggestedOut:
    """Run an event of the form that strangers may set off 公开链接的前端事件."""
    return SuggestedOut.model_validate(public_events.run(visitor, token, body.password, event, body.values, body.row))


@router.get("/apps/{app}/forms/{form}/links")
def links(app: AppId, form: FormId, asker: Asker) -> LinksOut:
    """A form's public links 公开链接列表."""
    return LinksOut.model_validate(public.links(asker, app, form))


@router.post("/apps/{app}/forms/{form}/links", status_code=201)
def add(app: AppId, form: FormId, body: LinkIn, asker: Asker) -> LinkOut:
    """Open a form, or a query over it, to anybody 新建公开链接."""
    return LinkOut.model_validate(public.add(asker, app, form, body.kind, _terms(body.terms), body.password))


@router.patch("/apps/{app}/forms/{form}/links/{link}")
def change(app: AppId, form: FormId, link: str, body: LinkChange, asker: Asker) -> LinkOut:
    """Change a link's terms or password, switch it on or off 修改公开链接."""
    terms = None if body.terms is None else _terms(body.terms)
    return LinkOut.model_validate(public.change(asker, app, form, link, terms, body.password, body.enabled))


@router.delete("/apps/{app}/forms/{form}/links/{link}")
def drop(app: AppId, form: FormId, link: str, asker: Asker) -> Done:
    """Remove a link; what came in by it stays 删除公开链接."""
    public.drop(asker, app, form, link)
    return Done()


def _terms(given: LinkTerms) -> Terms:
    """The terms as the runtime knows them; raises `Invalid` for a moment that is none."""
    return public.terms_of(given.model_dump())
