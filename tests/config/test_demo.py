"""The demonstration: told in order, in every state, by nobody real, and gone again without a trace."""

import gc
import warnings
from collections import Counter
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.conf import settings as portal_settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from cases.actors import Reporter
from cases.history import verify
from cases.models import (
    Case,
    CaseFile,
    Deadline,
    Event,
    IdentityMode,
    OutboxMessage,
    Party,
    PublicPhoto,
    Task,
)
from cases.services.receipt import Identity
from cases.services.sweep import sweep
from config.accounts_factor import factor_of, needs_second_factor
from config.accounts_mail import ask_for_reset_links
from config.demo import telling, units
from config.demo.making import make_demo
from config.demo.people import MAIN, PASSWORD
from config.demo.requests import wishes
from home.models import PortalSettings, User
from home.services.site import open_site
from opd_pages.models import Channel, Contact, Membership, Role, Unit
from opd_pages.services.administrators import open_administrators
from pengaduan.models import Answer, Outcome
from pengaduan.services.receiving import Report, receive_report
from pengaduan.workflow import COMPLAINT
from ppid.services.site import open_ppid_page
from ppid.workflow import REQUEST
from tests.factories import make_unit, make_user, member

# A Tuesday without holidays near it.
NOW = datetime(2026, 11, 24, 10, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
CASES = 90
# Enough of the kabupaten for every tale: Kapas, the staffed kecamatan, two where nobody opens a desk.
DISTRICTS = ("01", "03", "06", "10", "12", "13", "14", "16", "19")
VILLAGES = ("2001", "2002", "2007", "2014")


def few_rows(name: str) -> list[dict]:
    rows = ALL_ROWS(name)
    if name != "wilayah.csv":
        return rows
    return [row for row in rows if _is_kept(row["kode"].split(".")[2:])]


def _is_kept(parts: list[str]) -> bool:
    return all(part in kept for part, kept in zip(parts, (DISTRICTS, VILLAGES), strict=False))


ALL_ROWS = units.rows


def an_office_beside() -> Case:
    """A real unit with a real desk, a real administrator and a report of a real citizen."""
    open_ppid_page(open_site())
    open_administrators()
    portal = PortalSettings.load()
    portal.region_name = "Kabupaten Uji"
    portal.save()
    post = make_unit("99.POS", "POS", "Kantor Pos", "instansi vertikal")
    member("petugas.pos", post, Role.OPERATOR)
    make_user("admin")
    return a_report(addressed_to=post)


def a_report(**report) -> Case:
    identity = Identity(IdentityMode.NAMED, "Warga Uji", "+6281234567890", "warga@contoh.test")
    told = Report(words="Loket pos tutup sebelum waktunya.", identity=identity, **report)
    case, _is_new = receive_report(told, by=Reporter(), at=NOW)
    return case


def every_table() -> dict[str, list]:
    return {
        model._meta.label: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def make() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(units, "rows", few_rows)
        make_demo(CASES, 1, say=lambda words: None, progress=lambda what: lambda done, total: None, now=NOW)


@pytest.fixture(scope="module")
def before(django_db_setup, django_db_blocker, tmp_path_factory):
    """A portal with a small office and the demonstration beside it; what was in every table before that."""
    folder = tmp_path_factory.mktemp("demo")
    cases = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder / "berkas"},
    }
    elsewhere = {
        "MEDIA_ROOT": folder / "media",
        "STORAGES": portal_settings.STORAGES | {"cases": cases},
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**elsewhere):
            an_office_beside()
            tables = every_table()
            with warnings.catch_warnings():
                # Wagtail leaves the temporary file of a rendition it has just painted to the garbage collector.
                warnings.simplefilter("ignore", ResourceWarning)
                make()
                gc.collect()
        yield tables
        transaction.set_rollback(True)


@pytest.fixture
def told(before, db):
    """The demonstration as it was made, for tests that read."""


@pytest.fixture
def kapas(told) -> Unit:
    return Unit.objects.get(code=units.KAPAS_CODE)


def demo_cases():
    return Case.objects.filter(is_demo=True)


# --- What is told ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workflow", [COMPLAINT, REQUEST], ids=lambda workflow: workflow.kind)
def test_every_state_of_the_workflow_is_there(told, workflow):
    states = demo_cases().filter(kind=workflow.kind).values_list("status", flat=True)
    assert set(states) == {state.name for state in workflow.states}


def test_the_usual_demonstration_has_twenty_requests_for_information():
    assert len(wishes(300)) == 20


def test_as_many_cases_are_told_as_were_asked_for(told):
    assert demo_cases().count() == CASES


def test_the_camat_finds_a_believable_morning(kapas):
    waiting = Task.objects.filter(unit=kapas, role=Role.HEAD, done_at=None)
    assert Counter(waiting.values_list("step", flat=True)) == {
        "dispose": 4,
        "approve": 1,
        "study": 1,
        "decide_reopening": 1,
    }


def test_one_of_the_camats_cases_is_overdue(kapas):
    late = Case.objects.filter(tasks__unit=kapas, tasks__role=Role.HEAD, tasks__done_at=None, due_at__lt=NOW)
    assert list(
        late.values_list("tasks__step", flat=True).filter(tasks__done_at=None, tasks__role=Role.HEAD)
    ) == ["study"]


def test_every_outcome_and_every_state_of_a_promise_is_there(told):
    promises = Answer.objects.filter(outcome=Outcome.PROMISED, case__is_demo=True).exclude(approved_at=None)
    states = {
        "kept" if answer.checked_at else "broken" if answer.promised_until < NOW.date() else "open"
        for answer in promises
    }
    assert states == {"kept", "broken", "open"}
    approved = Answer.objects.exclude(approved_at=None).filter(case__is_demo=True)
    assert set(approved.values_list("outcome", flat=True)) == set(Outcome.values)


def test_every_history_is_whole(told):
    assert list(verify()) == []


def test_numbers_follow_the_order_of_receipt(kapas):
    received = demo_cases().filter(receiving_unit=kapas, kind=COMPLAINT.kind).order_by("received_at")
    numbers = list(received.values_list("number", flat=True))
    assert numbers == [f"2026-ADU-DEMO-{kapas.short_code}-{n:06d}" for n in range(1, len(numbers) + 1)]


def test_nothing_happens_after_now(told):
    assert Event.objects.filter(case__is_demo=True).order_by("at").last().at <= NOW


def test_every_identity_and_every_kind_of_secrecy_is_there(told):
    assert set(demo_cases().values_list("identity_mode", flat=True)) == set(IdentityMode.values)
    assert demo_cases().filter(is_secret=True, closed_at=None).exists()
    assert set(
        demo_cases().exclude(concerns_unit=None).values_list("concerns_unit__kind__level", flat=True)
    ) == {
        "district",
        "village",
    }


def test_only_files_of_public_copies_are_public(told):
    assert PublicPhoto.objects.exists()
    assert list(PublicPhoto.objects.filter(case__published_at=None)) == []


def test_no_message_waits_to_be_sent(told):
    assert OutboxMessage.objects.filter(case__is_demo=True, sent_at=None, dropped_at=None).count() == 0


def test_the_next_sweep_finds_nothing_to_do(told):
    before = (
        list(demo_cases().order_by("pk").values_list("status", "version")),
        OutboxMessage.objects.filter(case__is_demo=True).count(),
    )
    sweep(NOW)
    after = (
        list(demo_cases().order_by("pk").values_list("status", "version")),
        OutboxMessage.objects.filter(case__is_demo=True).count(),
    )
    assert after == before


def test_broken_promises_were_noted_when_they_broke(told):
    broken = Deadline.objects.filter(case__is_demo=True, step="promise", ended_at=None, due_at__lt=NOW)
    assert broken.exists()
    assert {(clock.overdue_noted_at - clock.due_at).days for clock in broken} == {0}


def test_the_same_seed_tells_the_same_tales(told):
    def outline() -> list:
        last = Case.objects.order_by("pk").last().pk
        telling.tell(20, seed=7, now=NOW, progress=lambda done, total: None)
        return list(
            Case.objects.filter(pk__gt=last).order_by("pk").values_list("subject", "status", "received_at")
        )

    assert outline() == outline()


# --- Who tells it ------------------------------------------------------------------------------------------------------


def test_there_is_somebody_in_every_role(told):
    held = Membership.objects.filter(user__is_demo=True)
    assert set(held.values_list("role", flat=True)) == set(Role.values)


def test_the_printed_password_opens_every_printed_account(told):
    words = StringIO()
    call_command("demo", "--accounts", stdout=words)
    printed = [line.split()[:2] for line in words.getvalue().splitlines() if PASSWORD in line]
    assert [name.removesuffix(".contoh") for name, _password in printed] == [
        account.username for account in MAIN
    ]
    assert all(
        User.objects.get(username=name, is_demo=True).check_password(password) for name, password in printed
    )


def test_who_reads_the_accounts_is_told_how_to_come_by_a_code(told):
    words = StringIO()
    call_command("demo", "--accounts", stdout=words)
    assert words.getvalue().splitlines()[-1] == "Kode masuk: .venv/bin/python manage.py demo_code NAMA"


def test_the_second_factor_is_set_up_for_those_made_up_who_need_one(told):
    people = User.objects.filter(is_demo=True)
    assert {user.username for user in people if factor_of(user)} == {
        user.username for user in people if needs_second_factor(user)
    }


def test_a_name_that_somebody_real_has_is_left_to_them(told):
    assert User.objects.get(username="admin").is_demo is False
    assert User.objects.filter(username="admin.contoh", is_demo=True).exists()


def test_there_is_one_invented_number(told):
    phones = Contact.objects.filter(unit__is_demo=True, channel__in=[Channel.PHONE, Channel.WHATSAPP])
    reporters = Party.objects.filter(case__is_demo=True)
    assert {contact.value for contact in phones} == {"+62812345678"}
    assert {party.phone for party in reporters} == {"", "+62812345678"}


def test_every_address_ends_where_nobody_lives(told):
    addresses = [user.email for user in User.objects.filter(is_demo=True)]
    addresses += [party.email for party in Party.objects.filter(case__is_demo=True) if party.email]
    addresses += [
        contact.value for contact in Contact.objects.filter(unit__is_demo=True, channel=Channel.EMAIL)
    ]
    assert {address.partition("@")[2] for address in addresses} == {"contoh.test"}


# --- Made again, and removed -------------------------------------------------------------------------------------------


def test_made_a_second_time_it_adds_nothing(told):
    before = every_table()
    make()
    assert every_table() == before


def test_deleting_it_leaves_every_table_as_it_was(before, told, django_capture_on_commit_callbacks):
    store = storages["cases"]
    kept = [*CaseFile.objects.filter(case__is_demo=True), *PublicPhoto.objects.all()]
    names = {row.path for row in kept}
    for name in {*names, "aa/sungguhan.jpg"}:
        store.save(name, ContentFile(b"x"))
    # One who does not exist has forgotten their password.
    ask_for_reset_links(User.objects.filter(is_demo=True).exclude(email="").first().email)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("demo", "--delete", stdout=StringIO())
    assert every_table() == before
    assert [name for name in names if store.exists(name)] == []
    assert store.exists("aa/sungguhan.jpg")


def test_a_dry_run_deletes_nothing(told):
    before, words = every_table(), StringIO()
    call_command("demo", "--delete", "--dry-run", stdout=words)
    assert words.getvalue().startswith(f"Akan dihapus: {CASES} perkara, ")
    assert every_table() == before


def test_a_real_report_to_an_invented_office_keeps_it_all(told, kapas):
    case = a_report(addressed_to=kapas)
    before = every_table()
    with pytest.raises(CommandError, match=case.number):
        call_command("demo", "--delete")
    assert every_table() == before


def test_a_real_officer_of_an_invented_office_keeps_it_all(told, kapas):
    member("sungguhan", kapas, Role.OPERATOR)
    with pytest.raises(CommandError, match="keanggotaan yang bukan contoh"):
        call_command("demo", "--delete")


def test_a_real_unit_below_an_invented_one_keeps_it_all(told, kapas):
    make_unit("99.02", "UPT", "UPT Uji", "dinas", kapas)
    with pytest.raises(CommandError, match="UPT Uji"):
        call_command("demo", "--delete")
