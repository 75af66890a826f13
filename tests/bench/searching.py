"""Looking for words that are frequent, rare and nowhere, as officers who see few cases and all of them."""

from random import Random
from time import perf_counter

from django.db import connection

from cases.actors import Staff
from cases.selectors.desk import PAGE_SIZE, SHOWN
from cases.selectors.search import search
from cases.visibility import cases_for
from home.models import User

from .baseline import Baseline
from .results import Result

PEOPLE = ("koordinator", "camat.kapas", "operator.dpubmpr", "desa.bakalan")
TEXTS = (
    "jalan berlubang",
    "lampu padam masjid",
    "jembatan kayu lapuk di perbatasan dusun",
    "sampah pasar",
    "jalan",
    "knalpot bising malam",
    "rumah nomor {house}",
    "sumur tercemar RT {rt} RW 4",
    "makam roboh sejak Lebaran",
    "gajah terbang",
)
TIMES = 200
P95_MS = {"postgresql": 50, "sqlite": 10}


def measure(baseline: Baseline) -> None:
    dice = Random(1)
    staff = [Staff.of(User.objects.get(username=name)) for name in PEOPLE]
    took = sorted(_once(dice.choice(staff), dice.choice(TEXTS), dice) for _ in range(TIMES))
    p95, most = took[int(TIMES * 0.95)] * 1000, P95_MS[connection.vendor]
    Result("search, newest first: p95", p95, "ms", f"≤ {most} ms", p95 <= most, baseline.to_view(p95)).tell()
    Result("search, newest first: median", took[TIMES // 2] * 1000, "ms").tell()


def _once(staff: Staff, text: str, dice: Random) -> float:
    text = text.format(house=dice.randint(1, 4000), rt=dice.randint(1, 30))
    began = perf_counter()
    search(cases_for(staff).only(*SHOWN), text, limit=PAGE_SIZE)
    return perf_counter() - began
