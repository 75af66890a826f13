from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from opd_pages.models import (
    Commitment,
    CommitmentSource,
    CommitmentsPage,
    CommitmentState,
    UnitPage,
)
from tests.browsers import soup
from tests.editing import create, edit, faults, inline_formset

from .news import JAKARTA

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=JAKARTA)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def page(editor, small_portal) -> UnitPage:
    return UnitPage.objects.get(unit=small_portal.kapas)


def row(office, **fields) -> dict:
    return {
        "text": "Papan harga terpasang di loket.",
        "unit": str(office.pk),
        "due_on": "2026-12-15",
        "state": "running",
        "note": "",
        "evidence_url": "",
        "evidence": "",
    } | fields


def typed(*rows: dict) -> dict:
    return {
        "title": "Rencana aksi",
        "slug": "rencana-aksi",
        "period": "2026",
        "introduction": "",
        "commitments": inline_formset(rows),
    }


def commit(plan: CommitmentsPage | None, unit, **fields) -> Commitment:
    values = {"text": "Jalan dusun dirabat.", "due_on": date(2026, 12, 15)}
    return Commitment.objects.create(page=plan, unit=unit, **values | fields)


@pytest.fixture
def plan(page) -> CommitmentsPage:
    return page.add_child(instance=CommitmentsPage(title="Rencana aksi", slug="rencana-aksi"))


def test_an_editor_publishes_what_is_promised_by_whom_until_when(as_editor, client, page, small_portal):
    sent = typed(row(small_portal.kapas), row(small_portal.works, text="Jembatan dibangun."))
    assert faults(create(as_editor, CommitmentsPage, page, sent)) == {}
    shown = soup(client.get("/kecamatan-kapas/rencana-aksi/"))
    assert [(each.h3.text, each.select_one(".meta").text) for each in shown.select(".commitment")] == [
        ("Papan harga terpasang di loket.", "Kecamatan Kapas · paling lambat 15 Desember 2026"),
        ("Jembatan dibangun.", "Dinas Pekerjaan Umum Bina Marga · paling lambat 15 Desember 2026"),
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"state": "kept"}, "evidence_url"), ({"state": "dropped"}, "note"), ({"unit": ""}, "unit"), ({"due_on": "besok"}, "due_on")],
)  # fmt: skip
def test_nothing_is_kept_without_evidence_or_dropped_without_a_reason(
    as_editor, page, small_portal, fields, field
):
    response = create(as_editor, CommitmentsPage, page, typed(row(small_portal.kapas, **fields)))
    formset = response.context["form"].formsets["commitments"]
    assert [list(each.errors) for each in formset.forms] == [[field]]
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "kept", "evidence_url": "https://contoh.test/foto"},
        {"state": "dropped", "note": "Anggaran dialihkan."},
    ],
)
def test_with_something_to_show_it_is_kept(as_editor, page, small_portal, fields):
    create(as_editor, CommitmentsPage, page, typed(row(small_portal.kapas, **fields)))
    assert [each.state for each in Commitment.objects.all()] == [fields["state"]]


def test_the_page_tells_how_far_the_plan_has_come(client, plan, small_portal):
    commit(plan, small_portal.kapas, state=CommitmentState.KEPT, evidence_url="https://contoh.test/")
    commit(plan, small_portal.kapas, state=CommitmentState.RUNNING, due_on=date(2026, 11, 20))
    commit(plan, small_portal.kapas)
    context = client.get("/kecamatan-kapas/rencana-aksi/").context
    progress = context["progress"]
    assert (progress.total, progress.kept, progress.late) == (3, 1, 1)
    assert [share for _label, _count, share in progress.states] == [34, 33, 33, 0]
    tags = [tag.text.strip() for tag in soup(client.get("/kecamatan-kapas/rencana-aksi/")).select(".tag")]
    assert tags == ["selesai", "Terlambat 4 hari", "belum dimulai"]


@pytest.mark.parametrize(
    ("state", "due_on", "is_late"),
    [
        (CommitmentState.RUNNING, date(2026, 11, 23), True),
        (CommitmentState.RUNNING, date(2026, 11, 24), False),
        (CommitmentState.KEPT, date(2026, 11, 1), False),
        (CommitmentState.DROPPED, date(2026, 11, 1), False),
    ],
)
def test_a_promise_is_late_from_the_day_after_its_own(state, due_on, is_late):
    assert Commitment(state=state, due_on=due_on).is_late == is_late


def test_a_draft_changes_no_promise_that_the_public_sees(as_editor, client, page, small_portal):
    create(as_editor, CommitmentsPage, page, typed(row(small_portal.kapas)))
    kept = Commitment.objects.get()
    sent = typed(row(small_portal.kapas, id=str(kept.pk), due_on="2027-12-15"))
    sent["commitments"]["INITIAL_FORMS"] = 1
    edit(as_editor, kept.page, sent, publish=False)
    assert "paling lambat 15 Desember 2026" in client.get("/kecamatan-kapas/rencana-aksi/").content.decode()


def test_other_meetings_promise_by_the_same_row_without_a_page(plan, small_portal):
    review = commit(None, small_portal.kapas, source=CommitmentSource.REVIEW)
    draft = CommitmentsPage(title="Draf", slug="draf", live=False)
    plan.get_parent().add_child(instance=draft)
    commit(draft, small_portal.kapas)
    listed = commit(plan, small_portal.kapas)
    assert set(Commitment.objects.public()) == {review, listed}
    with pytest.raises(IntegrityError), transaction.atomic():
        commit(plan, small_portal.kapas, source=CommitmentSource.DIALOGUE)


def test_a_plan_takes_12_queries_however_many_promises(client, plan, portal, django_assert_max_num_queries):
    for unit in [portal.kapas, portal.works, portal.bakalan] * 5:
        commit(plan, unit)
    client.get("/kecamatan-kapas/rencana-aksi/")
    with django_assert_max_num_queries(12):
        client.get("/kecamatan-kapas/rencana-aksi/")


def test_what_an_office_promised_that_is_no_more_names_who_does_its_work(client, plan, portal):
    commit(plan, portal.bakalan)
    portal.bakalan.valid_until, portal.bakalan.successor = date(2026, 10, 1), portal.tanjungharjo
    portal.bakalan.save()
    owner = soup(client.get("/kecamatan-kapas/rencana-aksi/")).select_one(".commitment .meta").text
    assert owner.startswith("Desa Bakalan, Kecamatan Kapas (kini Desa Tanjungharjo, Kecamatan Kapas) · ")


def test_a_unit_is_chosen_by_its_name(as_editor, small_portal):
    found = as_editor.get("/admin/unit_chooser/results/", {"q": "bina marga"}).content.decode()
    assert "Dinas Pekerjaan Umum Bina Marga" in found
    assert "Kecamatan Kapas" not in found
