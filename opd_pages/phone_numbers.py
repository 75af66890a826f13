"""How a phone number is written for people: on the poster, on the page and in /meja/ the same."""

import re

import phonenumbers

REGION = "ID"


def grouped(value: str) -> str:
    """A phone number in groups an eye can hold: "0811 3000 1234", "0353 881 826". Anything else as it is."""
    if not re.fullmatch(r"[+\d\s().-]+", value):
        return value
    try:
        number = phonenumbers.parse(value, REGION)
    except phonenumbers.NumberParseException:
        return value
    national = number.country_code == 62
    style = phonenumbers.PhoneNumberFormat
    written = phonenumbers.format_number(number, style.NATIONAL if national else style.INTERNATIONAL)
    if _digits(written) not in (_digits(value), "0" + _digits(value).removeprefix("62")):
        return value  # two numbers in one value are not ours to cut
    spaced = re.sub(r"[^\d+]+", " ", written).strip()
    return re.sub(r"\d{6,8}", lambda group: _halved(group[0]), spaced)


def _digits(value: str) -> str:
    return re.sub(r"\D", "", value)


def _halved(digits: str) -> str:
    middle = len(digits) // 2
    return f"{digits[:middle]} {digits[middle:]}"
