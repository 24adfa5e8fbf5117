"""Where somebody is 定位: a point with its accuracy, taken from the device."""

import math
import re
from typing import Any

from pydantic import Field as Setting

from builder.field import FieldType, Json, Kind, Names, text_of
from builder.problem import FieldError

POINT = r"-?\d{1,3}(?:\.\d+)?\s*[,，]\s*-?\d{1,3}(?:\.\d+)?"
SHAPE = re.compile(rf"^({POINT})(?:\s*[;±]\s*(\d{{1,7}})(?:\.\d+)?\s*m?)?(?:\s*[; ]\s*(.*))?$", re.DOTALL)
EARTH = 6_371_008.8
"""Mean radius in metres."""


class Location(FieldType):
    """`31.230416,121.473701;35;Gate 2`: latitude and longitude, metres of accuracy, and a name for the place.

    `centre` and `radius` say where one must be; an inaccurate point is refused by `accuracy`. A device says
    where it is; who forges it is not found out by this.
    """

    kind = Kind.TEXT
    accuracy: int | None = Setting(default=None, ge=1, le=100_000, description="at most so many metres off")
    centre: str = Setting(default="", pattern=rf"^({POINT})?$", max_length=60)
    radius: int = Setting(default=500, ge=10, le=1_000_000)
    named: bool = Setting(default=False, description="asks for the name of the place")

    def coerce(self, raw: Json) -> str | None:
        """From the text, or from an object of latitude, longitude, accuracy and name."""
        latitude, longitude, accuracy, name = _parts(raw)
        if self.accuracy is not None and (accuracy is None or accuracy > self.accuracy):
            raise FieldError("location_not_accurate", limit=self.accuracy, got="?" if accuracy is None else accuracy)
        if self.centre:
            far = distance((latitude, longitude), _point(self.centre))
            if far > self.radius + (accuracy or 0):
                raise FieldError("location_too_far", limit=self.radius, got=round(far))
        parts = [f"{latitude:.6f},{longitude:.6f}", "" if accuracy is None else str(accuracy), name]
        return ";".join(parts).rstrip(";")

    def value_schema(self) -> dict[str, Any]:
        """A point, its accuracy, a name."""
        return {"type": ["string", "null"], "maxLength": 240, "pattern": r"^-?\d{1,2}\.\d{6},-?\d{1,3}\.\d{6}(;.*)?"}

    def display(self, value: Json, names: Names) -> str:
        """The name and the point."""
        if not value:
            return ""
        point, accuracy, name = [*str(value).split(";", 2), "", ""][:3]
        return f"{name} {point}{f' ±{accuracy}m' if accuracy else ''}".strip()

    def write(self, value: Json) -> str:
        """As it is kept."""
        return str(value)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two points on the globe."""
    (lat, lon), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (one, other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def _parts(raw: Json) -> tuple[float, float, int | None, str]:
    if isinstance(raw, dict):
        found = [raw.get(key) for key in ("latitude", "longitude", "accuracy", "name")]
        lat, lon, accuracy = (_number(each) for each in found[:3])
        name = found[3]
    else:
        shape = SHAPE.match(text_of(raw, 1_000).strip())
        if shape is None:
            raise FieldError("must_be_location")
        lat, lon = _point(shape[1])
        accuracy, name = _number(shape[2]), shape[3]
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        raise FieldError("must_be_location")
    words = re.sub(r"\s+", " ", text_of(name, 1_000)).strip()[:200] if name else ""
    metres = None if accuracy is None or not 0 <= accuracy < 1e7 else math.ceil(accuracy)
    return round(lat, 6) + 0.0, round(lon, 6) + 0.0, metres, words.strip("; ")


def _point(text: str) -> tuple[float, float]:
    lat, _, lon = text.replace("，", ",").partition(",")
    return float(lat), float(lon)


def _number(raw: Json) -> float | None:
    if raw is None or isinstance(raw, bool):
        return None
    try:
        value = float(raw)
    except (TypeError, ValueError):
        raise FieldError("must_be_location") from None
    if not math.isfinite(value):
        raise FieldError("must_be_location")
    return value
