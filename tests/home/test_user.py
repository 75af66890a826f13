import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from home.models import User


def test_a_name_differs_from_others_by_more_than_the_size_of_its_letters(db):
    User.objects.create(username="siti.rahma")
    twin = User(username="Siti.Rahma", password="x")
    with pytest.raises(ValidationError) as refused:
        twin.full_clean()
    assert "Huruf besar dan kecil dianggap sama." in refused.value.message_dict["username"][0]
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_an_account_keeps_its_own_name_in_other_letters(db):
    siti = User.objects.create(username="siti.rahma", password="x")
    siti.username = "Siti.Rahma"
    siti.full_clean()
    siti.save()
    assert User.objects.get().username == "Siti.Rahma"
