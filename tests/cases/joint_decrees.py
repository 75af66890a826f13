"""The days off of 2026 and 2027 as the joint decrees of three ministers (SKB) name them."""

from datetime import date
from zoneinfo import ZoneInfo

from cases.calendar import Calendar, DayOff, DayOffKind

JAKARTA = ZoneInfo("Asia/Jakarta")

NATIONAL = {
    "2026-01-01": "Tahun Baru Masehi",
    "2026-01-16": "Isra Mikraj",
    "2026-02-17": "Tahun Baru Imlek",
    "2026-03-19": "Hari Suci Nyepi",
    "2026-03-21": "Idul Fitri",
    "2026-03-22": "Idul Fitri hari kedua",
    "2026-04-03": "Wafat Yesus Kristus",
    "2026-04-05": "Kebangkitan Yesus Kristus",
    "2026-05-01": "Hari Buruh",
    "2026-05-14": "Kenaikan Yesus Kristus",
    "2026-05-27": "Idul Adha",
    "2026-05-31": "Waisak",
    "2026-06-01": "Hari Lahir Pancasila",
    "2026-06-16": "Tahun Baru Islam",
    "2026-08-17": "Hari Kemerdekaan",
    "2026-08-25": "Maulid Nabi",
    "2026-12-25": "Natal",
    "2027-01-01": "Tahun Baru Masehi",
    "2027-01-05": "Isra Mikraj",
    "2027-02-06": "Tahun Baru Imlek",
    "2027-03-08": "Hari Suci Nyepi",
    "2027-03-10": "Idul Fitri",
    "2027-03-11": "Idul Fitri hari kedua",
    "2027-03-26": "Wafat Yesus Kristus",
    "2027-03-28": "Kebangkitan Yesus Kristus",
    "2027-05-01": "Hari Buruh",
    "2027-05-06": "Kenaikan Yesus Kristus",
    "2027-05-17": "Idul Adha",
    "2027-05-20": "Waisak",
    "2027-06-01": "Hari Lahir Pancasila",
    "2027-06-06": "Tahun Baru Islam",
    "2027-08-15": "Maulid Nabi",
    "2027-08-17": "Hari Kemerdekaan",
    "2027-12-25": "Natal",
    "2027-12-26": "Isra Mikraj",
}
JOINT_LEAVE = {
    "2026-02-16": "Tahun Baru Imlek",
    "2026-03-18": "Nyepi",
    "2026-03-20": "Idul Fitri",
    "2026-03-23": "Idul Fitri",
    "2026-03-24": "Idul Fitri",
    "2026-05-15": "Kenaikan Yesus Kristus",
    "2026-05-28": "Idul Adha",
    "2026-12-24": "Natal",
    "2027-02-05": "Tahun Baru Imlek",
    "2027-03-09": "Idul Fitri",
    "2027-03-12": "Idul Fitri",
    "2027-03-15": "Idul Fitri",
    "2027-03-25": "Wafat Yesus Kristus",
    "2027-05-18": "Idul Adha",
    "2027-05-19": "Waisak",
    "2027-12-24": "Natal",
}
DAYS_OFF = [
    DayOff(date.fromisoformat(day), name, kind)
    for kind, days in ((DayOffKind.NATIONAL, NATIONAL), (DayOffKind.JOINT_LEAVE, JOINT_LEAVE))
    for day, name in days.items()
]
DECREED = frozenset({2026, 2027})

JOINT_LEAVE_OFF = Calendar.of(DAYS_OFF, JAKARTA, confirmed_years=DECREED)
JOINT_LEAVE_WORKED = Calendar.of(DAYS_OFF, JAKARTA, joint_leave_is_off=False, confirmed_years=DECREED)
