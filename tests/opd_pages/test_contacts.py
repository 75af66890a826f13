from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from opd_pages.channels import Channel, InvalidContact, link, normalise, shown
from opd_pages.models import (
    Confirmation,
    ConfirmedContact,
    Consent,
    Contact,
    ContactSheet,
    Leader,
    PersonalValue,
    Unit,
)
from opd_pages.selectors.contacts import contact_state, content_hash, public_sheet, touched_by_contacts
from opd_pages.services import changed_contacts
from opd_pages.services.contacts import (
    ContactsChanged,
    NothingToConfirm,
    NotPersonal,
    StaysPersonal,
    confirm,
    move,
    record_consent,
    remove_contact,
    save_contact,
    withdraw,
)
from opd_pages.services.leaders import change_leader, usual_office
from opd_pages.services.mergers import merge_units
from opd_pages.services.portraits import remove_portrait
from opd_pages.services.unit_pages import open_unit_page
from tests.factories import LONG_AGO, make_unit

from .conftest import add_contact, published

CONSENT_DAY = date(2026, 1, 5)


def version(unit) -> int:
    return public_sheet(unit).version


def test_nothing_is_public_before_the_first_confirmation(office):
    add_contact(office.kapas, "phone", "0353 881826")
    assert published(office.kapas) == []


def test_what_was_confirmed_is_public(kapas):
    assert published(kapas) == ["+62353881826"]


def test_the_public_sees_the_old_number_until_the_new_one_is_confirmed(kapas, operator):
    phone = kapas.contacts.get()
    phone.value = "+62353881000"
    save_contact(phone, by=operator)
    assert published(kapas) == ["+62353881826"]
    confirm(kapas, operator)
    assert published(kapas) == ["+62353881000"]


def test_an_office_number_that_was_deleted_stays_until_the_list_is_confirmed(kapas, operator):
    add_contact(kapas, "sms", "0811 3000 1234")
    confirm(kapas, operator)
    remove_contact(kapas.contacts.get(channel="phone"))
    assert published(kapas) == ["+62353881826", "+6281130001234"]
    confirm(kapas, operator)
    assert published(kapas) == ["+6281130001234"]


def test_any_edit_voids_the_confirmation(kapas, operator):
    assert contact_state(kapas).is_confirmed
    add_contact(kapas, "sms", "0811 3000 1234")
    assert not contact_state(kapas).is_confirmed


def test_an_edit_taken_back_is_no_edit(kapas, operator):
    phone = kapas.contacts.get()
    for label in ("Loket", ""):
        phone.label = label
        save_contact(phone, by=operator)
    assert contact_state(kapas).is_confirmed


@pytest.mark.parametrize("change", [{"name": "Budi"}, {"office": "Pj. Camat"}, {"standing": "Plt."}])
def test_a_change_of_leader_voids_the_confirmation(kapas, camat, operator, change):
    held = {"name": camat.name, "office": camat.office, "standing": camat.standing}
    change_leader(camat, by=operator, **held | change)
    assert not contact_state(kapas).is_confirmed


def test_confirming_the_same_content_again_outdates_no_poster(kapas, operator):
    again = confirm(kapas, operator, datetime(2027, 3, 1, 2, tzinfo=UTC))
    assert again.sheet.version == 1
    assert public_sheet(kapas).confirmed_at == again.confirmed_at


def test_every_confirmation_is_kept(kapas, operator):
    confirm(kapas, operator)
    assert Confirmation.objects.filter(sheet__unit=kapas, confirmed_by=operator).count() == 2


def test_new_content_is_a_new_version_of_the_poster(kapas, operator):
    add_contact(kapas, "sms", "0811 3000 1234")
    assert confirm(kapas, operator).sheet.version == 2


def test_going_back_to_an_older_content_is_a_new_version_too(kapas, operator):
    sms = add_contact(kapas, "sms", "0811 3000 1234")
    confirm(kapas, operator)
    remove_contact(sms)
    assert confirm(kapas, operator).sheet.version == 3


def test_a_list_without_contacts_cannot_be_confirmed(office, operator):
    with pytest.raises(NothingToConfirm):
        confirm(office.kapas, operator)


def test_what_was_not_seen_is_not_confirmed(kapas, operator):
    seen = contact_state(kapas).content_hash
    add_contact(kapas, "sms", "0811 3000 1234")
    with pytest.raises(ContactsChanged):
        confirm(kapas, operator, seen=seen)
    assert version(kapas) == 1


def test_contacts_are_confirmed_and_shown_in_their_order(kapas, operator):
    sms = add_contact(kapas, "sms", "0811 3000 1234")
    move(sms, up=True)
    confirm(kapas, operator)
    assert published(kapas) == ["+6281130001234", "+62353881826"]


def test_the_first_contact_stays_first_when_moved_up(kapas):
    first = kapas.contacts.get()
    add_contact(kapas, "sms", "0811 3000 1234")
    move(first, up=True)
    assert [contact.channel for contact in kapas.contacts.all()] == ["phone", "sms"]


# Personal numbers


def test_a_personal_number_without_consent_is_never_published(kapas, operator):
    add_contact(kapas, "whatsapp", "0812 3456 7890", is_personal=True)
    confirm(kapas, operator)
    assert published(kapas) == ["+62353881826"]


def test_consent_alone_publishes_nothing(kapas, camat, operator):
    contact = add_contact(kapas, "whatsapp", "0812 3456 7890", is_personal=True)
    record_consent(contact, camat, CONSENT_DAY, operator)
    assert published(kapas) == ["+62353881826"]


def test_an_office_number_takes_no_consent(kapas, operator):
    with pytest.raises(NotPersonal):
        record_consent(kapas.contacts.get(), "Budi", CONSENT_DAY, operator)


def test_a_withdrawn_number_is_gone_at_once_from_every_sheet(kapas, personal, operator):
    assert published(kapas) == ["+62353881826", "+6281234567890"]
    add_contact(kapas, "sms", "0811 3000 1234")
    confirm(kapas, operator)
    withdraw(personal, operator)
    assert not ConfirmedContact.objects.filter(value="+6281234567890").exists()
    assert published(kapas) == ["+62353881826", "+6281130001234"]


def test_no_hash_is_left_from_which_a_withdrawn_number_could_be_guessed(kapas, personal, operator):
    with_number = ContactSheet.objects.get(unit=kapas, version=2).content_hash
    withdraw(personal, operator)
    assert not ContactSheet.objects.filter(content_hash=with_number).exists()


def test_a_withdrawal_outdates_the_prints_and_keeps_the_date_of_the_rest(kapas, personal, operator):
    before = public_sheet(kapas)
    withdraw(personal, operator)
    after = public_sheet(kapas)
    assert (after.version, after.confirmed_at) == (before.version + 1, before.confirmed_at)


def test_after_a_withdrawal_the_rest_still_counts_as_confirmed(kapas, personal, operator):
    withdraw(personal, operator)
    assert contact_state(kapas).is_confirmed


def test_a_withdrawal_takes_the_same_number_from_every_channel_of_the_unit(kapas, camat, personal, operator):
    call = add_contact(kapas, "phone", "0812 3456 7890", is_personal=True)
    record_consent(call, camat, CONSENT_DAY, operator)
    confirm(kapas, operator)
    withdraw(personal, operator)
    assert published(kapas) == ["+62353881826"]


def test_a_withdrawal_takes_the_number_where_it_was_entered_as_an_office_s(kapas, personal, operator):
    add_contact(kapas, "phone", "0812 3456 7890")
    confirm(kapas, operator)
    withdraw(personal, operator)
    assert published(kapas) == ["+62353881826"]
    confirm(kapas, operator)
    assert published(kapas) == ["+62353881826"]


def test_a_withdrawal_takes_the_number_from_every_unit(office, kapas, personal, operator):
    add_contact(office.bakalan, "phone", "0353 881999")
    elsewhere = add_contact(office.bakalan, "sms", "0812 3456 7890", is_personal=True)
    record_consent(elsewhere, "Siti Rahmawati", CONSENT_DAY, operator)
    add_contact(office.dander, "phone", "0812 3456 7890")
    for unit in (office.bakalan, office.dander):
        confirm(unit, operator)
    withdraw(personal, operator)
    assert [published(unit) for unit in (kapas, office.bakalan, office.dander)] == [
        ["+62353881826"],
        ["+62353881999"],
        [],
    ]
    assert not Consent.objects.filter(withdrawn_at=None).exists()


def test_a_withdrawal_publishes_no_edit_that_nobody_confirmed(kapas, personal, operator):
    add_contact(kapas, "sms", "0811 3000 1234")
    withdraw(personal, operator)
    assert published(kapas) == ["+62353881826"]


def test_a_withdrawal_of_what_the_public_no_longer_sees_outdates_no_print(kapas, operator):
    sms = add_contact(kapas, "sms", "0811 3000 1234")
    confirm(kapas, operator)
    remove_contact(sms)
    confirm(kapas, operator)
    withdraw(add_contact(kapas, "sms", "0811 3000 1234", is_personal=True), operator)
    assert (version(kapas), ConfirmedContact.objects.filter(value="+6281130001234").count()) == (3, 0)


def test_withdrawing_twice_changes_nothing_more(kapas, personal, operator):
    withdraw(personal, operator)
    withdraw(personal, operator)
    assert version(kapas) == 3


def test_a_withdrawal_says_who_recorded_it(personal, operator):
    withdraw(personal, operator)
    assert Consent.objects.get(contact=personal).withdrawn_by == operator


def test_a_withdrawn_number_may_be_shown_again_after_a_new_consent(kapas, camat, personal, operator):
    withdraw(personal, operator)
    record_consent(personal, camat, CONSENT_DAY, operator)
    confirm(kapas, operator)
    assert published(kapas) == ["+62353881826", "+6281234567890"]


def test_consent_for_one_number_is_none_for_another(kapas, personal, operator):
    personal.value = "+6281234500000"
    save_contact(personal, by=operator)
    confirm(kapas, operator)
    assert published(kapas) == ["+62353881826"]


def test_a_personal_number_replaced_by_an_office_number_is_gone_at_once(kapas, personal, operator):
    personal.value, personal.is_personal = "+62353881000", False
    save_contact(personal, by=operator)
    assert published(kapas) == ["+62353881826"]
    confirm(kapas, operator)
    assert published(kapas) == ["+62353881826", "+62353881000"]


def test_a_personal_number_that_changes_its_channel_is_gone_until_it_is_consented_to_again(
    kapas, personal, operator
):
    personal.channel = "sms"
    save_contact(personal, by=operator)
    confirm(kapas, operator)
    assert published(kapas) == ["+62353881826"]


def test_a_new_office_number_in_a_personal_one_s_row_can_be_saved_again(kapas, personal, operator):
    personal.value, personal.is_personal = "+62353881000", False
    save_contact(personal, by=operator)
    personal.label = "Loket"
    save_contact(personal, by=operator)
    assert kapas.contacts.get(label="Loket").value == "+62353881000"


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_number_somebody_consented_to_show_does_not_become_the_office_s(personal, operator, is_withdrawn):
    if is_withdrawn:
        withdraw(personal, operator)
    personal.is_personal = False
    with pytest.raises(StaysPersonal):
        save_contact(personal, by=operator)


def test_a_withdrawn_number_is_not_entered_again_as_an_office_s(office, personal, operator):
    withdraw(personal, operator)
    again = Contact(unit=office.bakalan, channel="phone", value=personal.value)
    with pytest.raises(StaysPersonal):
        save_contact(again, by=operator)


def test_an_office_number_found_to_be_personal_is_gone_at_once(kapas, operator):
    sms = add_contact(kapas, "sms", "0811 3000 1234")
    confirm(kapas, operator)
    sms.is_personal = True
    save_contact(sms, by=operator)
    assert published(kapas) == ["+62353881826"]


def test_a_deleted_personal_number_is_gone_at_once(kapas, personal):
    remove_contact(personal)
    assert published(kapas) == ["+62353881826"]


def test_a_deleted_number_that_turns_out_personal_can_still_be_withdrawn(kapas, operator):
    sms = add_contact(kapas, "sms", "0811 3000 1234")
    confirm(kapas, operator)
    remove_contact(sms)
    again = add_contact(kapas, "sms", "0811 3000 1234", is_personal=True)
    withdraw(again, operator)
    assert published(kapas) == ["+62353881826"]


def test_a_personal_number_ends_with_the_office_held(kapas, camat, personal, operator):
    change_leader(camat, by=operator, name="Budi Santoso", office="Camat Kapas")
    assert published(kapas) == ["+62353881826"]
    assert Consent.objects.get(contact=personal).withdrawn_at is not None


def test_a_personal_number_ends_when_the_office_falls_vacant(kapas, camat, personal, operator):
    change_leader(camat, by=operator, name="", office="Camat Kapas")
    assert published(kapas) == ["+62353881826"]


def test_nobody_is_the_same_person_as_who_left(kapas, camat, personal, operator):
    change_leader(camat, by=operator, name="", office="Camat Kapas", is_same_person=True)
    assert (published(kapas), camat.is_vacant) == (["+62353881826"], True)


def test_a_leader_s_number_entered_as_the_office_s_too_ends_with_the_office_held(
    kapas, camat, personal, operator
):
    add_contact(kapas, "phone", "0812 3456 7890")
    confirm(kapas, operator)
    change_leader(camat, by=operator, name="Budi Santoso", office="Camat Kapas")
    confirm(kapas, operator)
    assert published(kapas) == ["+62353881826"]


def test_a_title_added_to_the_name_ends_no_consent(kapas, camat, personal, operator):
    change_leader(camat, by=operator, name="Siti Rahmawati, M.Si.", office="Camat Kapas", is_same_person=True)
    assert published(kapas) == ["+62353881826", "+6281234567890"]


def test_somebody_elses_consent_outlives_the_leader(kapas, camat, operator):
    contact = add_contact(kapas, "whatsapp", "0812 0000 1111", is_personal=True)
    record_consent(contact, "Wati, operator desa", CONSENT_DAY, operator)
    confirm(kapas, operator)
    change_leader(camat, by=operator, name="Budi Santoso", office="Camat Kapas")
    assert published(kapas) == ["+62353881826", "+6281200001111"]


# Content, channels, addresses


def test_a_change_of_the_kabupaten_also_touches_the_home_page(office):
    page = open_unit_page(office.regency)
    assert touched_by_contacts(page.unit) == [
        "/kabupaten-bojonegoro/",
        "/k/BJN",
        "/unit/BJN/poster.pdf",
        "/unit/BJN/poster.png",
        "/unit/BJN/kontak.vcf",
        "/unit/BJN/kontak.json",
        "/",
    ]


def test_a_unit_without_a_page_is_touched_at_its_short_address_poster_and_files(office):
    assert touched_by_contacts(office.works) == [
        "/k/DPUBMPR",
        "/unit/DPUBMPR/poster.pdf",
        "/unit/DPUBMPR/poster.png",
        "/unit/DPUBMPR/kontak.vcf",
        "/unit/DPUBMPR/kontak.json",
    ]


def test_old_prints_of_merged_units_are_touched_too_and_a_circle_of_them_ends(office):
    first = make_unit("35.22.98", "SATU", "Satu", "kecamatan", office.regency, valid_until=LONG_AGO)
    second = make_unit("35.22.99", "DUA", "Dua", "kecamatan", office.regency, valid_until=LONG_AGO)
    first.successor, second.successor = second, office.works
    first.save()
    second.save()
    assert touched_by_contacts(office.works)[-2:] == ["/k/DUA", "/k/SATU"]
    second.successor = first
    second.save()
    assert touched_by_contacts(first)[-2:] == ["/k/DUA", "/k/SATU"]


@pytest.fixture
def let_go(monkeypatch):
    """How often public copies were let go, from now on."""
    said: list[bool] = []
    monkeypatch.setattr(changed_contacts, "public_content_changed", lambda: said.append(True))
    return said


CHANGES = {
    "a confirmation": lambda world: confirm(world.kapas, world.operator),
    "a withdrawal": lambda world: withdraw(world.personal, world.operator),
    "a personal number that is deleted": lambda world: remove_contact(world.personal),
    "another personal number in its place": lambda world: save_contact(
        replaced(world.personal, value="+6281130001234"), by=world.operator
    ),
    "another leader": lambda world: change_leader(
        world.camat, by=world.operator, name="Budi", office="Camat"
    ),
    "a name spelt better": lambda world: change_leader(
        world.camat, by=world.operator, name="Siti Rahmawati, S.Sos.", office="Camat", is_same_person=True
    ),
    "a photo taken away": lambda world: remove_portrait(world.camat),
    "a merger": lambda world: merge_units(
        world.kapas, world.dander, on=timezone.localdate(), by=world.administrator
    ),
}


def replaced(contact: Contact, **fields) -> Contact:
    for name, value in fields.items():
        setattr(contact, name, value)
    return contact


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_of_what_the_public_reads_lets_all_its_copies_go(
    kapas_page, office, kapas, camat, personal, operator, administrator, let_go, change
):
    Unit.objects.filter(parent=kapas).update(parent=office.dander)
    people = {"camat": camat, "operator": operator, "administrator": administrator}
    change(SimpleNamespace(kapas=kapas, personal=personal, dander=office.dander, **people))
    assert let_go


def test_what_the_public_does_not_yet_see_touches_nothing(kapas, let_go, operator):
    save_contact(Contact(unit=kapas, channel="email", value="kapas@contoh.test"), by=operator)
    assert let_go == []


words = st.text(max_size=8)


@given(one=st.tuples(words, words), other=st.tuples(words, words))
def test_contents_that_read_alike_hash_alike_and_no_others_do(one, other):
    def hashed(label, hours):
        contact = Contact(channel="phone", value="+62353881826", label=label, hours=hours)
        return content_hash([contact], [Leader(rank=1, office="Camat", name="Siti")])

    assert (hashed(*one) == hashed(*other)) == (one == other)


TYPED = {
    "phone": ("0353 881826", "+62353881826", "tel:+62353881826"),
    "whatsapp": ("0811-3000-1234", "+6281130001234", "https://wa.me/6281130001234?text=Halo"),
    "sms": ("+62 811 3000 1234", "+6281130001234", "sms:+6281130001234"),
    "short_number": ("112", "112", "tel:112"),
    "email": ("Kapas@Contoh.go.id", "kapas@contoh.go.id", "mailto:kapas@contoh.go.id"),
    "website": ("https://kapas.contoh.go.id", "https://kapas.contoh.go.id", "https://kapas.contoh.go.id"),
    "instagram": ("@kec.kapas", "kec.kapas", "https://www.instagram.com/kec.kapas"),
    "facebook": ("https://facebook.com/keckapas/", "keckapas", "https://www.facebook.com/keckapas"),
    "x": ("@keckapas", "keckapas", "https://x.com/keckapas"),
    "tiktok": ("@keckapas", "keckapas", "https://www.tiktok.com/@keckapas"),
    "youtube": ("@keckapas", "keckapas", "https://www.youtube.com/@keckapas"),
    "telegram": ("t.me/keckapas", "keckapas", "https://t.me/keckapas"),
    "radio": ("Suara Kapas 107,7 FM", "Suara Kapas 107,7 FM", ""),
}


@pytest.mark.parametrize("channel", Channel.values)
def test_each_channel_is_stored_in_one_form_and_leads_somewhere(channel):
    typed, stored, href = TYPED[channel]
    value = normalise(channel, typed)
    assert (value, link(channel, value, greeting="Halo")) == (stored, href)
    if channel != Channel.WEBSITE:  # read without its https://
        assert normalise(channel, shown(channel, value)) == value


@pytest.mark.parametrize(
    ("channel", "typed", "stored"),
    [
        ("instagram", "https://www.instagram.com/kec.kapas?igsh=MTc4", "kec.kapas"),
        ("facebook", "m.facebook.com/kec.kapas", "kec.kapas"),
        ("x", "https://twitter.com/kec_kapas", "kec_kapas"),
        ("tiktok", "https://www.tiktok.com/@kec.kapas?lang=id", "kec.kapas"),
        ("youtube", "https://www.youtube.com/@KecKapas/", "KecKapas"),
    ],
)
def test_an_address_pasted_from_the_network_gives_the_name_of_the_account(channel, typed, stored):
    assert normalise(channel, typed) == stored


@pytest.mark.parametrize(
    ("channel", "typed"),
    [
        ("instagram", "https://facebook.com/keckapas"),
        ("instagram", "kec kapas"),
        ("instagram", "kec.kapas."),
        ("instagram", "k" * 31),
        ("x", "kec.kapas"),
        ("x", "k" * 16),
        ("facebook", "https://www.facebook.com/profile.php?id=1000"),
        ("facebook", "https://facebook.com/groups/keckapas"),
        ("facebook", "https://[::1/keckapas"),
        ("telegram", "1kapas"),
        ("telegram", "kps"),
        ("tiktok", "https://tiktok.com.contoh.test/@keckapas"),
        ("youtube", "https://www.youtube.com/channel/UC123"),
        ("youtube", "@"),
    ],
)
def test_what_is_no_account_of_that_network_is_refused(channel, typed):
    with pytest.raises(InvalidContact):
        normalise(channel, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "0353 881826 pes. 12",
        "0353 881826 ext 12",
        "0353 881826;ext=12",
        "0353 881826 #12",
        "0353-881826/881827",
        "0800-CALL-US",
        "tel:0353881826",
    ],
)
def test_a_phone_number_is_one_number_in_digits(typed):
    with pytest.raises(InvalidContact, match=r"^Tulis satu nomor saja, dengan angka\."):
        normalise(Channel.PHONE, typed)


@pytest.mark.parametrize(
    ("channel", "value", "read"),
    [
        ("phone", "+62353881826", "0353 881 826"),
        ("short_number", "112", "112"),
        ("website", "https://kapas.contoh.go.id/layanan/", "kapas.contoh.go.id/layanan"),
        ("x", "keckapas", "@keckapas"),
        ("radio", "107,7 FM", "107,7 FM"),
    ],
)
def test_page_and_poster_write_a_contact_alike(channel, value, read):
    assert shown(channel, value) == read


@pytest.mark.parametrize(
    ("name", "kind", "office_name"),
    [
        ("Kapas", "kecamatan", "Camat Kapas"),
        ("Bakalan", "desa", "Kepala Desa Bakalan"),
        ("Dinas Kesehatan", "dinas", "Kepala Dinas Kesehatan"),
        ("Bagian Hukum", "bagian setda", "Kepala Bagian Hukum"),
        ("Inspektorat", "inspektorat", "Inspektur"),
    ],
)
def test_the_name_of_an_office_is_proposed(db, name, kind, office_name):
    assert usual_office(make_unit("1", "U", name, kind)) == office_name


def test_the_deputys_office_is_proposed(office):
    assert usual_office(office.regency, rank=2) == "Wakil Bupati Bojonegoro"


# Numbers that nothing speaks of any more


def test_a_withdrawn_number_stays_personal_after_its_row_was_deleted(office, kapas, personal, operator):
    withdraw(personal, operator)
    remove_contact(personal)
    for unit in (kapas, office.dander):
        with pytest.raises(StaysPersonal):
            save_contact(Contact(unit=unit, channel="phone", value="+6281234567890"), by=operator)


def test_a_personal_number_deleted_without_a_withdrawal_becomes_nobody_s_office_number(
    kapas, personal, operator
):
    remove_contact(personal)
    with pytest.raises(StaysPersonal):
        save_contact(Contact(unit=kapas, channel="phone", value="+6281234567890"), by=operator)


def test_a_remembered_number_may_be_shown_again_with_a_new_consent(kapas, camat, personal, operator):
    withdraw(personal, operator)
    remove_contact(personal)
    again = Contact(unit=kapas, channel="whatsapp", value="+6281234567890", is_personal=True)
    save_contact(again, by=operator)
    record_consent(again, camat, CONSENT_DAY, operator)
    confirm(kapas, operator)
    assert published(kapas) == ["+62353881826", "+6281234567890"]


def test_nothing_from_which_the_number_could_be_read_is_kept(kapas, personal, operator):
    withdraw(personal, operator)
    withdraw(personal, operator)
    remove_contact(personal)
    kept = PersonalValue.objects.get()
    assert (len(kept.fingerprint), "81234567890" in kept.fingerprint) == (64, False)
    assert not Contact.objects.filter(value="+6281234567890").exists()
