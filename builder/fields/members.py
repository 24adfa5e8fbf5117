"""People of the workspace 成员多选."""

from typing import ClassVar, Literal

from builder.company import SomeOfTheCompany


class Members(SomeOfTheCompany):
    """The ids of members, in the order in which they were chosen."""

    people: ClassVar[Literal["member", "department"]] = "member"
    unknown = "no_such_member"
