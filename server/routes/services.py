"""Optional services over HTTP 可选服务: fields filled in from a picture or a text, mobiles verified by a code."""

from typing import Annotated

from fastapi import File, Form, Path, UploadFile
from pydantic import Field

from builder.model import SLUG
from runtime import form_events
from server import phones, recognition
from server.asker import Asker
from server.door import Door
from server.routes.form_events import SuggestedOut
from server.routes.shapes import Answer, AppId, FormId, Shape

router = Door(prefix="/apps/{app}/forms/{form}", tags=["events"])


class CodeIn(Shape):
    """A number in a field that asks for a code."""

    field: str = Field(max_length=63)
    number: str = Field(max_length=40)
    record: str = Field(default="", max_length=64, description="When it is an edit.")
    task: str = Field(default="", max_length=64, description="When it is done at a task.")


class CodeCheckIn(CodeIn):
    """The number, and the code that came."""

    code: str = Field(max_length=12)


class CodeSentOut(Answer):
    """For how long the code is good, and after how many seconds another may be sent."""

    minutes: int
    pause: int


class VerifiedOut(Answer):
    """The number is vouched for: the record that names it may be sent."""

    verified: bool


@router.post("/recognitions/{recognition}", reads=True)
def recognise(
    app: AppId,
    form: FormId,
    recognition_id: Annotated[str, Path(pattern=SLUG.pattern, alias="recognition")],
    asker: Asker,
    file: Annotated[UploadFile | None, File(description="A picture of at most 8 MB.")] = None,
    text: Annotated[str, Form(max_length=20_000)] = "",
    record: Annotated[str, Form(max_length=64)] = "",
    task: Annotated[str, Form(max_length=64)] = "",
) -> SuggestedOut:
    """What a picture or a text suggests for the fields of the form 识别填写."""
    return SuggestedOut.model_validate(recognition.run(asker, app, form, recognition_id, file, text, record, task))


@router.post("/phone-codes", reads=True)
def send_code(app: AppId, form: FormId, body: CodeIn, asker: Asker) -> CodeSentOut:
    """Send a code to the number of the field 发送手机验证码."""
    filling = form_events.asking(asker.gate, app, form, body.record, body.task)
    return CodeSentOut.model_validate(phones.ask(asker, filling, body.field, body.number))


@router.post("/phone-codes/check", reads=True)
def check_code(app: AppId, form: FormId, body: CodeCheckIn, asker: Asker) -> VerifiedOut:
    """Whether the code is right 核对手机验证码."""
    filling = form_events.asking(asker.gate, app, form, body.record, body.task)
    return VerifiedOut.model_validate(phones.tell(asker, filling, body.field, body.number, body.code))
