"""Views saved from a list, and what a member prefers there 视图."""

from typing import Annotated, Any

from pydantic import Field

from server import views
from server.asker import Asker
from server.door import Door
from server.routes.shapes import Answer, AppId, Done, FormId, Shape, SortIn

router = Door(prefix="/apps/{app}/forms/{form}/views", tags=["views"])

Name = Annotated[str, Field(min_length=1, max_length=60)]
FieldName = Annotated[str, Field(max_length=130)]
Width = Annotated[int, Field(ge=40, le=2000)]
ViewId = Annotated[str, Field(pattern=r"^[0-9a-zA-Z_-]{1,64}$", description="A view's id.")]


class Look(Shape):
    """Columns in their order, and the widths of those that were dragged."""

    columns: list[FieldName] = Field(default=[], max_length=300)
    widths: dict[FieldName, Width] = Field(default={}, max_length=300)


class ViewState(Look):
    """What a list shows. `base` is the view of the form whose conditions hold beside these."""

    base: str = Field(default="", max_length=63)
    filter: dict[str, Any] | None = None
    sort: list[SortIn] = Field(default=[], max_length=5)


class ViewIn(Shape):
    """A view to be saved; `shared` for everybody who may read the form, by an administrator."""

    name: Name
    shared: bool = False
    state: ViewState


class ViewEdit(Shape):
    """Another name or another state; absent keys stay."""

    name: Name | None = None
    state: ViewState | None = None


class LookOut(Answer):
    """A member's columns and widths."""

    columns: list[str] = []
    widths: dict[str, int] = {}


class ViewOut(LookOut):
    """A saved view. `sound` is false when it asks by a field that is not there any more."""

    id: str
    name: str
    shared: bool
    mine: bool = Field(description="Whether the asker may change it.")
    sound: bool = True
    base: str = ""
    filter: dict[str, Any] | None = None
    sort: list[dict[str, Any]] = []


class ViewsOut(Answer):
    """Saved views, the one the asker begins with, and his columns and widths by view."""

    views: list[ViewOut]
    start: str = ""
    looks: dict[str, LookOut] = {}


class Preference(Shape):
    """What the asker prefers: the view to begin with, or his look at one view (null: as the view has it)."""

    start: str | None = Field(default=None, max_length=64)
    view: str = Field(default="", max_length=64, description="`-` for a form without views.")
    look: Look | None = None


@router.get("")
def views_of(app: AppId, form: FormId, asker: Asker) -> ViewsOut:
    """The saved views that the asker may use, and what he prefers 视图列表."""
    return ViewsOut.model_validate(views.listed(asker, app, form))


@router.post("", status_code=201)
def add_view(app: AppId, form: FormId, body: ViewIn, asker: Asker) -> ViewOut:
    """Save a view 保存视图."""
    return ViewOut.model_validate(views.add(asker, app, form, **body.model_dump()))


@router.patch("/{view}")
def edit_view(app: AppId, form: FormId, view: ViewId, body: ViewEdit, asker: Asker) -> ViewOut:
    """Another name or another state 修改视图."""
    return ViewOut.model_validate(views.edit(asker, app, form, view, **body.model_dump()))


@router.delete("/{view}")
def remove_view(app: AppId, form: FormId, view: ViewId, asker: Asker) -> Done:
    """Remove a view 删除视图."""
    views.remove(asker, app, form, view)
    return Done()


@router.put("")
def prefer(app: AppId, form: FormId, body: Preference, asker: Asker) -> Done:
    """Keep what the asker prefers 记住偏好."""
    views.prefer(asker, app, form, **body.model_dump())
    return Done()
