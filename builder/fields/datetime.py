"""A moment 日期时间: an instant, stored in UTC, shown in the workspace's time zone."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from builder.bounds import Bound, judge_day
from builder.field import FieldType, Json, Kind, Names
from builder.problem import FieldError
from builder.recognising import Sure

FIRST, LAST = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
"""Between these every moment has a local time in every zone."""

LOCAL = re.compile(r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}[ T]\d{1,2}:\d{2}(:\d{2})?$")


class DateTime(FieldType):
    """An instant, stored as 2026-11-23T10:00:00Z."""

    kind = Kind.TIME
    precision: Literal["hour", "minute", "second"] = "minute"
    earliest: Bound = ""
    latest: Bound = ""

    @classmethod
    def recognise(cls, texts: Sequence[str]) -> Sure | None:
        """Days with a time of day."""
        return (0.92, {}) if texts and all(LOCAL.match(text.strip()) for text in texts) else None

    def coerce(self, raw: Json) -> str | None:
        """The instant to the second; a text without an offset is refused, for it names no instant."""
        if not isinstance(raw, str) or len(raw) > 60:
            raise FieldError("must_be_datetime")
        try:
            moment = datetime.fromisoformat(raw.strip().replace("/", "-"))
            if moment.tzinfo is None:
                raise FieldError("must_be_datetime")
            moment = self._cut(moment).astimezone(UTC)
            if not FIRST < moment < LAST:
                raise FieldError("must_be_datetime")
            return moment.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
        except (ValueError, OverflowError) as error:
            raise FieldError("must_be_datetime") from error

    def value_schema(self) -> dict[str, Any]:
        """An ISO instant in UTC."""
        return {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"}

    def display(self, value: Json, names: Names) -> str:
        """The local time in the workspace's zone, as exact as the field is."""
        if not value:
            return ""
        moment = datetime.fromisoformat(value).astimezone(ZoneInfo(names.timezone))
        return moment.isoformat(" ", "seconds")[: 19 if self.precision == "second" else 16]

    def local(self, text: str, timezone: str) -> str:
        """A local time as people write it in files, as raw value with its offset; raises `FieldError`."""
        try:
            moment = datetime.fromisoformat(text.strip().replace("/", "-").replace(".", "-"))
        except ValueError as error:
            raise FieldError("must_be_datetime") from error
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))).isoformat()

    def judge(self, value: Json, today: str, timezone: str) -> None:
        """Whether the local day is within its bounds."""
        if value:
            day = datetime.fromisoformat(value).astimezone(ZoneInfo(timezone)).date().isoformat()
            judge_day(day, self.earliest, self.latest, today)

    def _cut(self, moment: datetime) -> datetime:
        """As exact as the field is; seconds that came with a value of minutes are kept."""
        return moment.replace(minute=0, second=0) if self.precision == "hour" else moment
