"""A department of the workspace 部门."""

from typing import ClassVar, Literal

from builder.company import OneOfTheCompany


class Department(OneOfTheCompany):
    """The id of a department."""

    people: ClassVar[Literal["member", "department"]] = "department"
    unknown = "no_such_department"
