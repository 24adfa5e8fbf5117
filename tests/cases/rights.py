"""What each role may do with whose records in the CRM 权限表: the table that the rights tests read.

Operations: l list, g get, e edit, d delete, x export, i import, c create. Whose: own, mates (the same department),
foreign (another department).
"""

from typing import NamedTuple


class Right(NamedTuple):
    """For a role and a form: what may be done to whose records, what may be done at all, which fields are hidden."""

    role: str
    form: str
    own: str
    mates: str
    foreign: str
    whole: str
    hidden: tuple[str, ...] = ()


MARGIN = ("cost", "margin", "margin_rate")
PRIVATE = ("phone", "credit_code", "revenue")
CONTACT = ("mobile", "email", "wechat", "birthday")

RIGHTS = [
    Right("salesperson", "customer", "lge", "lg", "", "cx"),
    Right("salesperson", "contact", "lge", "lg", "", "cx"),
    Right("salesperson", "opportunity", "lge", "lg", "", "cx"),
    Right("salesperson", "follow_up", "lged", "lg", "", "cx"),
    Right("salesperson", "lead", "lge", "", "", "cx"),
    Right("salesperson", "contract", "lge", "", "", "cx", MARGIN),
    Right("salesperson", "payment", "lg", "", "", ""),
    Right("salesperson", "product", "lg", "lg", "lg", "", ("cost", "margin")),
    Right("salesperson", "target", "lg", "", "", ""),
    Right("manager", "customer", "lged", "lged", "", "cxi"),
    Right("manager", "contact", "lged", "lged", "", "cxi"),
    Right("manager", "opportunity", "lged", "lged", "", "cxi"),
    Right("manager", "follow_up", "lged", "lged", "", "cxi"),
    Right("manager", "lead", "lged", "lged", "", "cxi"),
    Right("manager", "contract", "lged", "lged", "", "cxi", MARGIN),
    Right("manager", "payment", "lg", "lg", "", "x"),
    Right("manager", "product", "lg", "lg", "lg", "", ("cost", "margin")),
    Right("manager", "target", "lg", "lg", "", "x"),
    *(
        Right("director", form, "lged", "lged", "lged", "cxi")
        for form in (
            "customer",
            "contact",
            "opportunity",
            "follow_up",
            "lead",
            "contract",
            "payment",
            "product",
            "target",
        )
    ),
    Right("finance", "customer", "lg", "lg", "lg", "x", ("next_follow_up",)),
    Right("finance", "contact", "", "", "", ""),
    Right("finance", "opportunity", "", "", "", ""),
    Right("finance", "follow_up", "", "", "", ""),
    Right("finance", "lead", "", "", "", ""),
    Right("finance", "contract", "lge", "lge", "lge", "x"),
    Right("finance", "payment", "lged", "lged", "lged", "cxi"),
    Right("finance", "product", "lge", "lge", "lge", "cxi"),
    Right("finance", "target", "lg", "lg", "lg", "x"),
    *(
        Right("admin", form, "lged", "lged", "lged", "cxi")
        for form in (
            "customer",
            "contact",
            "opportunity",
            "follow_up",
            "lead",
            "contract",
            "payment",
            "product",
            "target",
        )
    ),
]

MATES_HIDE = {
    "customer": PRIVATE,
    "contact": CONTACT,
    "opportunity": ("close_value", "competitor", "lost_note", "remark"),
}
"""What a salesperson may not read in the records of mates."""
