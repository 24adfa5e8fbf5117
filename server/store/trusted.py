"""What PostgreSQL is trusted to read as a day or a moment 可信的时间文本; a cast of anything else raises."""

DAY = (
    r"(?!0000)[0-9][0-9][0-9][0-9]-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)
"""What an older PostgreSQL is trusted to read as a day; anything else in a time field is blank to it."""
DATE, INSTANT = f"^{DAY}$", f"^{DAY}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$"
