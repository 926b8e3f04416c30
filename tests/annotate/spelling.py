"""Numbers rendered to words and digits by plain rules of their own: the oracle of the reader."""

ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


def in_words(value: int, *, conjunction: bool, hyphen: bool) -> str:
    """Render a positive whole number under a trillion."""
    parts = []
    for size, name in SCALES:
        if value >= size:
            parts.append(f"{_hundreds(value // size, conjunction, hyphen)} {name}")
            value %= size
    if value:
        parts.append(_hundreds(value, conjunction, hyphen))
    return " ".join(parts)


def _hundreds(value: int, conjunction: bool, hyphen: bool) -> str:
    words = []
    if value >= 100:
        words.append(f"{ONES[value // 100]} hundred")
        value %= 100
        if value and conjunction:
            words.append("and")
    if value >= 20:
        tens = TENS[value // 10]
        words.append(f"{tens}{'-' if hyphen else ' '}{ONES[value % 10]}" if value % 10 else tens)
    elif value:
        words.append(ONES[value])
    return " ".join(words)


def in_digits(value: int, separator: str) -> str:
    """Render a whole number with a separator between groups of three digits."""
    digits = str(value)
    groups = []
    while digits:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    return separator.join(groups)
