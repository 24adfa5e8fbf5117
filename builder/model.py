"""What every definition is made of: frozen data that omits its defaults when written down 定义的基类."""

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

SLUG = re.compile(r"^[a-z][a-z0-9_]{0,62}$")

Slug = Annotated[str, Field(pattern=SLUG.pattern, max_length=63)]
"""A short readable id: given once, unique in its parent, never changed."""

Label = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=10_000)]


class Model(BaseModel):
    """Frozen, strict about unknown keys; `dump` omits defaults so that files stay readable."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def dump(self) -> dict[str, Any]:
        """This definition as JSON data, defaults omitted."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
