"""Departments of the workspace 部门多选."""

from typing import ClassVar, Literal

from builder.company import SomeOfTheCompany


class Departments(SomeOfTheCompany):
    """The ids of departments, in the order in which they were chosen."""

    people: ClassVar[Literal["member", "department"]] = "department"
    unknown = "no_such_department"
