"""Which tales are told: first one of every kind of thing that happens, then everyday ones until there are enough."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from cases.models import IdentityMode
from pengaduan.models import Outcome, ReportClass

from . import plots
from .plots import Plot

KAPAS, DISTRICT, VILLAGE, AGENCY, REMOTE = "kapas", "kecamatan", "desa", "opd", "pelosok"
HIDDEN = {"mode": IdentityMode.ANONYMOUS}
UNKNOWN = {"mode": IdentityMode.NONE}
# In days ago: within the last hours. None in its place means: since this morning, and all its steps are taken by now.
TODAY = (0.2, 0.02)


@dataclass(frozen=True)
class Part:
    """A plot with its setting. `where`: a kind of desk, or an agency's short code.

    `age`: how many days ago the report came, at most and at least.
    `occasion`: whose words are told instead of an everyday report's.
    """

    plot: Plot
    where: str = KAPAS
    times: int = 1
    age: tuple[float, float] | None = (58, 8)
    outcome: str = Outcome.DONE
    occasion: str = ""
    pace: float = 1.0
    report: Mapping[str, Any] = field(default_factory=dict)


WHISTLE = {"report_class": ReportClass.WHISTLEBLOWING, "is_secret": True} | HIDDEN
# What the camat of Kapas finds this morning.
MORNING = (
    Part(plots.waits_for_order, times=4, age=None),
    Part(plots.waits_for_approval, age=None),
    Part(plots.is_worked_on, age=(9, 7)),
    Part(plots.just_received, times=2, age=TODAY),
    Part(plots.is_investigated, times=2, age=None),
)
# Every other state, somewhere.
ONCE = (
    Part(plots.just_received, AGENCY, 3, TODAY),
    Part(plots.just_received, DISTRICT, 2, TODAY, report={"is_secret": True}),
    Part(plots.is_worked_on, AGENCY, 3, None),
    Part(plots.is_worked_on, DISTRICT, 3, (16, 10)),
    Part(plots.waits_for_approval, "DPUBMPR", 1, None),
    Part(plots.waits_for_approval, AGENCY, 2, (18, 12)),
    Part(plots.waits_for_reporter, DISTRICT, 2, (20, 4), occasion="reporter_silent"),
    Part(plots.waits_for_reporter, KAPAS, 1, (12, 5), occasion="asks_reporter"),
    Part(plots.waits_for_reporter, DISTRICT, 2, (58, 42), occasion="reporter_silent"),
    Part(plots.reporter_explained, KAPAS, 2, occasion="asks_reporter"),
    Part(plots.reporter_explained, DISTRICT, 2, occasion="asks_reporter"),
    Part(plots.postponed, "DPUBMPR", 2, (30, 8)),
    Part(plots.taken_up_again, AGENCY, 1, (50, 30)),
    Part(plots.answered_in_silence, KAPAS, 2, (9, 6)),
    Part(plots.answered_in_silence, AGENCY, 4, (14, 9)),
    Part(plots.promised, KAPAS, 2, (20, 10), Outcome.PROMISED),
    Part(plots.promised, "DPUBMPR", 2, (25, 14), Outcome.PROMISED),
    Part(plots.promised, AGENCY, 3, (25, 14), Outcome.PROMISED),
    Part(plots.promised, VILLAGE, 1, (25, 14), Outcome.PROMISED),
    Part(plots.promise_broken, KAPAS, 1, (24, 18), Outcome.PROMISED),
    Part(plots.promise_broken, AGENCY, 2, (40, 25), Outcome.PROMISED),
    Part(plots.promise_kept, KAPAS, 3, (56, 34), Outcome.PROMISED),
    Part(plots.promise_kept, VILLAGE, 1, (56, 34), Outcome.PROMISED),
    Part(plots.promise_kept, AGENCY, 4, (56, 34), Outcome.PROMISED),
    Part(plots.refused, AGENCY, 5, outcome=Outcome.REFUSED),
    Part(plots.answered_as_passed_on, KAPAS, 3, outcome=Outcome.PASSED_ON),
    Part(plots.answered_as_passed_on, DISTRICT, 3, outcome=Outcome.PASSED_ON),
    Part(plots.handed_over("35.22.DPUBMPR"), KAPAS, 3),
    Part(plots.handed_over("35.22.DPUBMPR"), REMOTE, 4),
    Part(plots.handed_over("35.22.DLH"), DISTRICT, 2),
    Part(plots.not_our_authority, KAPAS, 2, occasion="not_our_authority"),
    Part(plots.not_our_authority, REMOTE, 3, occasion="not_our_authority"),
    Part(plots.duplicate, KAPAS, 2, occasion="duplicate"),
    Part(plots.duplicate, DISTRICT, 2, occasion="duplicate"),
    Part(plots.archived, KAPAS, 2, occasion="archived", report=UNKNOWN),
    Part(plots.archived, REMOTE, 3, occasion="archived", report=UNKNOWN),
    Part(plots.withdrawn, KAPAS, 2),
    Part(plots.withdrawn, AGENCY, 2),
    Part(plots.asked_to_reopen, VILLAGE, 1, (11, 10)),
    Part(plots.asked_to_reopen, "DPUBMPR", 1, (11, 10)),
    Part(plots.reopened, AGENCY, 1, (30, 24), pace=0.7),
    Part(plots.reopened_and_answered, KAPAS, 1, (56, 45)),
    Part(plots.reopened_and_answered, AGENCY, 1, (56, 45)),
    Part(plots.reopening_denied, DISTRICT, 2, (56, 40)),
    Part(plots.order_came_back, KAPAS, 1, (56, 12)),
    Part(plots.draft_came_back, KAPAS, 2),
    Part(plots.answered_by_phone, KAPAS, 2, (30, 12)),
    Part(plots.waits_for_a_call, "DINSOS", 1, (13, 9)),
    # Who is spoken of, and who speaks.
    Part(
        plots.answered,
        REMOTE,
        2,
        (50, 20),
        occasion="accuses_district",
        report={"accused": "35.22.14"} | HIDDEN,
    ),
    Part(plots.answered, KAPAS, 1, (50, 20), occasion="accuses_village", report={"accused": "35.22.14.2007"}),
    Part(
        plots.promised,
        KAPAS,
        1,
        (22, 14),
        Outcome.PROMISED,
        "accuses_village",
        report={"accused": "35.22.14.2014"},
    ),
    Part(plots.answered, "INSPEKTORAT", 2, (58, 35), occasion="whistleblowing", report=WHISTLE),
    Part(plots.just_received, "INSPEKTORAT", 1, TODAY, occasion="whistleblowing", report=WHISTLE),
    Part(plots.answered, KAPAS, 2, (50, 14), report={"is_secret": True}),
    Part(plots.answered, AGENCY, 2, (50, 14), report={"is_secret": True}),
    Part(plots.answered, "BPBD", 3, pace=0.05),
    Part(plots.just_received, "BPBD", 1, TODAY, report={"is_vulnerable": True}),
    Part(plots.answered, AGENCY, 4, report={"is_vulnerable": True}),
    Part(plots.is_worked_on, DISTRICT, 1, None, report={"is_vulnerable": True}),
    Part(plots.answered, AGENCY, 2, report={"report_class": ReportClass.ASPIRATION}),
    Part(plots.answered, DISTRICT, 4, report=HIDDEN),
    Part(plots.answered, AGENCY, 4, report=UNKNOWN),
)
EVERYDAY = (
    (Part(plots.answered, KAPAS, age=(58, 12)), 16),
    (Part(plots.answered, DISTRICT), 14),
    (Part(plots.answered, AGENCY), 18),
    (Part(plots.answered, VILLAGE), 5),
    (Part(plots.answered, KAPAS, age=(58, 20), pace=3), 3),
    # What came in the last days is still on its way.
    (Part(plots.is_worked_on, DISTRICT, age=(8, 2)), 8),
    (Part(plots.is_worked_on, AGENCY, age=(8, 2)), 8),
    (Part(plots.just_received, DISTRICT, age=(2, 0.1)), 9),
    (Part(plots.just_received, AGENCY, age=(2, 0.1)), 9),
)


def parts(count: int, dice: Random) -> Iterator[Part]:
    """As many as wanted: this morning's, then one of each other kind before any repeats, then everyday ones."""
    wanted = [part for part in MORNING for _ in range(part.times)]
    for repetition in range(max(part.times for part in ONCE)):
        wanted += [part for part in ONCE if repetition < part.times]
    yield from wanted[:count]
    everyday, weights = zip(*EVERYDAY, strict=True)
    yield from dice.choices(everyday, weights, k=max(count - len(wanted), 0))
