"""The identity keys are changed while the portal works, until the old one can be thrown away."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from cases.access_codes import access_code
from cases.apps import identities_open
from cases.encryption import EncryptedTextField, decrypt, encrypt, hashes_to_find, keyed_hash
from cases.models import IdentityMode, LastingKey, Party
from cases.services import key_rotation
from cases.services.daily_root import Leaf
from cases.services.key_rotation import SealedModel, all_sealed, rows_under_no_key, rows_under_older_keys
from cases.services.receipt import Identity
from config.accounts_mfa import pending_secret

NAME, PHONE = "Sulastri Widyaningrum", "+6281298765432"


@pytest.fixture
def case(desk, lasting_keys_of_the_database):
    return desk.receive(identity=Identity(IdentityMode.NAMED, NAME, PHONE, "S@surel.test"))


@pytest.fixture
def new_key(case, settings) -> str:
    """A key in front of the one under which all was written."""
    key = Fernet.generate_key().decode()
    settings.IDENTITY_KEYS = [key, *settings.IDENTITY_KEYS]
    return key


def rotate(*arguments: str) -> str:
    said = StringIO()
    call_command("rotate_identity_keys", *arguments, stdout=said)
    return said.getvalue()


def test_after_the_rotation_the_old_key_is_not_needed(case, new_key, settings):
    said = rotate()
    settings.IDENTITY_KEYS = [new_key]
    party = Party.objects.get(phone_hash=keyed_hash("phone", PHONE))
    assert (party.name, party.phone, party.email) == (NAME, PHONE, "S@surel.test")
    assert (rows_under_older_keys(), rows_under_no_key()) == (0, 0)
    assert "identitas warga: 1 baris memerlukan kunci lama.\nidentitas warga: 1/1\n" in said
    assert "kunci tetap: " in said
    assert said.endswith("Semua memakai kunci pertama. Kunci lama boleh dibuang dari IDENTITY_KEYS.\n")


def test_codes_on_paper_and_proofs_outlive_the_old_key(case, new_key, settings):
    leaf = Leaf(1, case.number, case.chain_length, case.chain_head)
    before = access_code(case.number, 1), leaf.salt
    rotate()
    settings.IDENTITY_KEYS = [new_key]
    assert (access_code(case.number, 1), leaf.salt) == before


def test_each_purpose_has_a_lasting_key_of_its_own_that_is_kept_closed(case):
    keys = {row.purpose: row.key for row in LastingKey.objects.all()}
    assert set(keys) == {"access-code", "root-leaf", "personal-value"}
    assert len(set(keys.values())) == 3


def test_until_then_a_reporter_is_found_under_either_key(desk, case, new_key):
    later = desk.receive(identity=Identity(IdentityMode.NAMED, NAME, PHONE))
    found = Party.objects.filter(phone_hash__in=hashes_to_find("phone", PHONE)).order_by("pk")
    assert [party.case for party in found] == [case, later]


def test_a_second_factor_comes_along(desk, case, settings):
    Authenticator.objects.create(
        user=desk.head, type=Authenticator.Type.TOTP, data={"secret": encrypt("RAHASIA")}
    )
    settings.IDENTITY_KEYS = [Fernet.generate_key().decode(), *settings.IDENTITY_KEYS]
    rotate()
    settings.IDENTITY_KEYS = settings.IDENTITY_KEYS[:1]
    assert decrypt(Authenticator.objects.get().data["secret"]) == "RAHASIA"


def test_whoever_is_setting_a_factor_up_meanwhile_gets_a_new_secret(settings):
    session = {}
    first = pending_secret(session)
    assert pending_secret(session) == first
    settings.IDENTITY_KEYS = [Fernet.generate_key().decode()]
    assert pending_secret(session) != first


def test_the_rehearsal_counts_and_changes_nothing(case, new_key):
    before = rows_under_older_keys()
    assert "identitas warga: 1 baris memerlukan kunci lama.\n" in rotate("--dry-run")
    assert rows_under_older_keys() == before == 1 + LastingKey.objects.count()


def test_what_was_interrupted_goes_on_where_it_stood(desk, case, settings, monkeypatch):
    desk.receive(identity=Identity(IdentityMode.NAMED, NAME))
    settings.IDENTITY_KEYS = [Fernet.generate_key().decode(), *settings.IDENTITY_KEYS]
    monkeypatch.setattr(key_rotation, "PAGE", 1)
    parties, counts = SealedModel(Party, ("name", "phone", "email")), []

    def stop(done: int) -> None:
        counts.append(parties.under_older_keys())
        raise KeyboardInterrupt

    for _time in range(2):
        with pytest.raises(KeyboardInterrupt):
            parties.renew(stop)
    assert counts == [1, 0]


def test_what_somebody_writes_meanwhile_stays(case, new_key, monkeypatch):
    chosen = SealedModel._waiting

    def written_in_between(sealed):
        rows = chosen(sealed)
        Party.objects.filter(case=case).update(name="Nama baru")
        return rows

    monkeypatch.setattr(SealedModel, "_waiting", written_in_between)
    SealedModel(Party, ("name", "phone", "email")).renew(lambda done: None)
    assert Party.objects.get(case=case).name == "Nama baru"


def test_every_encrypted_field_of_every_room_takes_part():
    fields = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    }
    sealed = {
        (one.model, name) for one in all_sealed() if isinstance(one, SealedModel) for name in one.fields
    }
    assert (Party, "phone") in fields
    assert sealed == fields


def test_the_check_tells_what_still_needs_an_old_key(case, new_key):
    assert [(fault.id, fault.msg.split()[0]) for fault in identities_open(databases=["default"])] == [
        ("cases.W001", "4")
    ]


def test_a_key_thrown_away_too_early_is_told_and_nothing_is_overwritten(case, settings):
    old, new = settings.IDENTITY_KEYS[0], Fernet.generate_key().decode()
    settings.IDENTITY_KEYS = [new]
    with pytest.raises(ImproperlyConfigured, match="Identitas tidak terbuka"):
        Party.objects.get(case=case)
    assert [fault.id for fault in identities_open(databases=["default"])] == ["cases.E002"]
    with pytest.raises(CommandError, match=r"^4 baris tidak terbuka"):
        rotate()
    settings.IDENTITY_KEYS = [new, old]
    assert Party.objects.get(case=case).name == NAME


def test_where_one_key_is_all_there_is_nothing_waits(case):
    assert identities_open(databases=["default"]) == []
