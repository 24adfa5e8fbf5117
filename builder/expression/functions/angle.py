"""Functions over angles 三角函数: by their series, to twenty digits and more."""

from decimal import ROUND_HALF_UP, Decimal

from builder.expression.table import group
from builder.expression.values import DIV, NUM, WIDE, Context, Fault, decimal

number = group("number")


PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899")


LARGEST_ANGLE = Decimal("1e15")


@number("PI", "", "number", "圆周率。", "The number pi.", ("ROUND(PI(), 4)", "3.1416"))
def pi(at: Context) -> Decimal:
    return decimal(PI)


@number(
    "RADIANS", "degrees:number", "number", "角度转弧度。", "Degrees as radians.", ("ROUND(RADIANS(180), 4)", "3.1416")
)
def radians(at: Context, degrees_: Decimal) -> Decimal:
    return decimal(WIDE.divide(WIDE.multiply(degrees_, WIDE.plus(PI)), Decimal(180)))


@number(
    "DEGREES", "radians:number", "number", "弧度转角度。", "Radians as degrees.", ("ROUND(DEGREES(PI()), 4)", "180")
)
def degrees(at: Context, radians_: Decimal) -> Decimal:
    return decimal(WIDE.divide(WIDE.multiply(radians_, Decimal(180)), WIDE.plus(PI)))


def series(angle: Decimal, first: int) -> Decimal:
    """The sine (`first` 1) or cosine (`first` 0) of an angle, by its series."""
    if abs(angle) > LARGEST_ANGLE:
        raise Fault(NUM, "number_out_of_range")
    turn = WIDE.multiply(PI, Decimal(2))
    with_turns = WIDE.subtract(angle, WIDE.multiply(WIDE.divide(angle, turn).to_integral_value(ROUND_HALF_UP), turn))
    term = with_turns if first else Decimal(1)
    total, step, square = term, first, WIDE.multiply(with_turns, with_turns)
    while term and abs(term) > Decimal("1e-48"):
        step += 2
        term = WIDE.divide(WIDE.multiply(term, square), Decimal(step * (step - 1))).copy_negate()
        total = WIDE.add(total, term)
    return total.quantize(Decimal("1e-30"), context=WIDE)


@number(
    "SIN",
    "radians:number",
    "number",
    "正弦。",
    "The sine of an angle in radians.",
    ("SIN(0)", "0"),
    ("ROUND(SIN(PI() / 2), 10)", "1"),
)
def sin(at: Context, angle: Decimal) -> Decimal:
    return decimal(series(angle, 1))


@number("COS", "radians:number", "number", "余弦。", "The cosine of an angle in radians.", ("COS(0)", "1"))
def cos(at: Context, angle: Decimal) -> Decimal:
    return decimal(series(angle, 0))


@number(
    "TAN",
    "radians:number",
    "number",
    "正切。",
    "The tangent of an angle in radians.",
    ("ROUND(TAN(PI() / 4), 10)", "1"),
)
def tan(at: Context, angle: Decimal) -> Decimal:
    return _ratio(series(angle, 1), series(angle, 0))


@number("COT", "radians:number", "number", "余切。", "The cotangent of an angle in radians.", ("COT(0)", "#DIV/0!"))
def cot(at: Context, angle: Decimal) -> Decimal:
    return _ratio(series(angle, 0), series(angle, 1))


def _ratio(top: Decimal, bottom: Decimal) -> Decimal:
    if bottom == 0:
        raise Fault(DIV, "division_by_zero")
    return decimal(WIDE.divide(top, bottom).quantize(Decimal("1e-20"), context=WIDE))
