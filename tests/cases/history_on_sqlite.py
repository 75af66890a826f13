"""A portal on SQLite that wrote some history, as a dump: `python -m tests.cases.history_on_sqlite dump.json`.

In a process of its own, since a portal has one kind of database; DATA_DIR and IDENTITY_KEYS come from the environment.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import django
from django.core.management import call_command

ROOMS = ("home.user", "opd_pages", "cases", "pengaduan")


def write_history() -> None:
    """Four cases with words, replies and numbers of all kinds, two daily roots, and erased words of one case."""
    from cases.actors import Reporter
    from cases.models import EventWords, Party
    from cases.services import daily_root
    from cases.services.changes import change
    from tests.factories import Office
    from tests.pengaduan.desk import JAKARTA, Desk

    daily_root.BLOCK = 2
    at = datetime(2026, 11, 24, 9, 0, 0, 123_456, tzinfo=JAKARTA)
    desk = Desk.at_kapas(Office.make())
    cases = [desk.receive(at=at + timedelta(milliseconds=n)) for n in range(4)]
    daily_root.publish_root(at + timedelta(days=1))
    with change(cases[0], by=desk.staff("operator"), at=at) as changing:
        changing.move("verified")
        changing.record("note", text="Ditelepon: “sudah”, 100 %, àéî", distance=1.5, ok=True, nothing=None)
    with change(cases[1], by=Reporter(), at=at) as changing:
        changing.record("reporter_replied", text="Terima kasih.")
    daily_root.publish_root(at + timedelta(days=2))
    EventWords.objects.filter(event__case=cases[1]).delete()
    Party.objects.filter(case=cases[1]).delete()


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[2] / "site"))
    django.setup()
    call_command("migrate", verbosity=0)
    write_history()
    call_command("dumpdata", *ROOMS, output=sys.argv[1], verbosity=0)
