"""Functions over what lies outside the record 记录之外的函数: other forms, the sender, places on the globe."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal

from builder.expression.coerce import is_blank
from builder.expression.table import group
from builder.expression.values import NA, VALUE, Context, Fault, Value

convert = group("convert")
EARTH = 6_371_008.8
DEGREES = r"(-?\d{1,3}(?:\.\d{1,12})?)"
POINT = re.compile(rf"{DEGREES}\s*[,，]\s*{DEGREES}(?:;(\d*)(?:;(.*))?)?", re.S | re.ASCII)
PARTS = ({"province", "省"}, {"city", "市"}, {"district", "区"}, {"detail", "详细地址"})


def told(at: Context, name: str, *arguments: Value) -> Value:
    """What only the record engine can say."""
    if at.facts is None:
        raise Fault(NA, "no_records_here")
    return at.facts(name, arguments)


@convert(
    "MAPX",
    "how:text value:any form:text match:text result:text?",
    "any",
    "在另一张表单里查找：how 为 first、last、sum、average、min、max 或 count；match 字段等于 value 的数据参与计算，"
    "只含当前用户看得到的数据。表单与字段写编号或名称。",
    "Looks into another form: how is first, last, sum, average, min, max or count over the records whose field match "
    "equals value, of those that who asks may see. Forms and fields by id or label.",
    ('IFERROR(MAPX("sum", 1, "payment", "contract", "amount"), 0)', "0"),
)
def mapx(at: Context, how: str, value: Value, form: str, match: str, result: str | None = None) -> Value:
    return told(at, "MAPX", how, value, form, match, result)


@convert(
    "RECNO",
    "",
    "number",
    "这是本表单的第几条数据：现有数据条数加一。需要不重复的编号时请用流水号字段。",
    "Which record of the form this is: those that are there, and one. A serial field gives numbers that never repeat.",
    ("IFERROR(RECNO(), 1)", "1"),
)
def recno(at: Context) -> Value:
    return told(at, "RECNO")


@convert(
    "IP",
    "",
    "text",
    "填写者的网络地址。",
    "The network address of who fills in the form.",
    ('IFERROR(IP(), "")', '""'),
)
def ip(at: Context) -> Value:
    return told(at, "IP")


@convert(
    "DISTANCE",
    "one:any other:any",
    "number",
    "两个定位之间的距离（米，保留一位小数）。",
    "The metres between two locations, to one decimal.",
    ('DISTANCE("31.2304,121.4737", "39.9042,116.4074")', "1067311.6"),
    ('DISTANCE("here", "31.2304,121.4737")', "#VALUE!"),
    ('ISBLANK(DISTANCE(BLANK(), "31.2304,121.4737"))', "TRUE"),
)
def distance(at: Context, one: Value, other: Value) -> Decimal | None:
    if is_blank(one) or is_blank(other):
        return None
    (lat1, long1), (lat2, long2) = (tuple(map(math.radians, point(value))) for value in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((long2 - long1) / 2) ** 2
    metres = 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))
    return Decimal(repr(metres)).quantize(Decimal("0.1"), ROUND_HALF_UP).normalize() + 0


def point(value: Value) -> tuple[float, float]:
    """Latitude and longitude of what a location field holds."""
    found = POINT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        raise Fault(VALUE, "not_a_place", found=str(value)[:40])
    return float(found[1]), float(found[2])


@convert(
    "TEXTLOCATION",
    "place:text part:text?",
    "text",
    "地址的文本，或其中的省、市、区、详细地址；定位的地点名称。",
    "An address as text, or its province, city, district or detail; the name of a location.",
    ('TEXTLOCATION("广东省/深圳市/南山区/科技园1号")', '"广东省深圳市南山区科技园1号"'),
    ('TEXTLOCATION("广东省/深圳市/南山区/科技园1号", "市")', '"深圳市"'),
    ('TEXTLOCATION("31.2304,121.4737;35;东门")', '"东门"'),
)
def textlocation(at: Context, place: str, part: str | None = None) -> str:
    found = POINT.fullmatch(place)
    if found is not None:
        return found[4] or place.partition(";")[0]
    parts = [*place.split("/", 3), "", "", ""][:4]
    if not part:
        return "".join(name for index, name in enumerate(parts) if name not in parts[:index])
    wanted = next((index for index, names in enumerate(PARTS) if part in names), None)
    if wanted is None:
        raise Fault(VALUE, "no_such_part", part=part[:20])
    return parts[wanted]


@convert(
    "TEXTPHONE",
    "phone:text",
    "text",
    "手机号的文本。",
    "A phone number as text.",
    ('TEXTPHONE("13800138000")', '"13800138000"'),
)
def textphone(at: Context, phone: str) -> str:
    return phone
