"""Rows written past the models arrive as they were given."""

from datetime import UTC, datetime, timedelta

from cases.models import MessageTemplate, SweepMark
from cases.services.bulk import update_rows, write_rows, written

ODD = "tab\there, \\N, back\\slash,\r\nnew line, “àé”, \\."


def test_odd_characters_arrive_as_they_were_given(db):
    columns = ("code", "title", "subject", "body")
    rows = [(f"uji-{n}", ODD, "", ODD) for n in range(2)]
    write_rows(MessageTemplate, columns, rows)
    found = MessageTemplate.objects.filter(code__startswith="uji-").order_by("code")
    assert list(found.values_list(*columns)) == rows


def test_moments_arrive_as_they_were_given(db):
    at = datetime(2026, 11, 24, 2, 0, 0, 123_000, tzinfo=UTC)
    write_rows(SweepMark, ("name", "at"), [("uji", written(at))])
    assert SweepMark.objects.get(name="uji").at == at
    later = SweepMark(name="uji", at=at + timedelta(days=1))
    update_rows(SweepMark, ("at",), [later])
    assert SweepMark.objects.get(name="uji").at == later.at


def test_only_the_named_fields_of_the_given_rows_are_written(db):
    template, other = MessageTemplate.objects.all()[:2]
    template.title, template.body = "Judul baru", "Isi baru"
    update_rows(MessageTemplate, ("title",), [template])
    known = {row.code: (row.title, row.body) for row in MessageTemplate.objects.all()}
    assert known[template.code][0] == "Judul baru"
    assert known[template.code][1] != "Isi baru"
    assert known[other.code] == (other.title, other.body)
