"""A person of the workspace 成员."""

from typing import ClassVar, Literal

from builder.company import OneOfTheCompany


class Member(OneOfTheCompany):
    """The id of a member."""

    people: ClassVar[Literal["member", "department"]] = "member"
    unknown = "no_such_member"
