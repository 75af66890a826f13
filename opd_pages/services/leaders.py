"""Who leads a unit, and what ends when somebody leaves the office."""

from django.db import transaction

from home.models import User

from ..models import Leader, Unit
from .changed_contacts import contact_changed
from .contacts import end_consents_of, lock
from .pledges import end_pledges_of
from .portraits import remove_portrait


@transaction.atomic
def change_leader(
    leader: Leader, *, by: User, name: str, office: str, standing: str = "", is_same_person: bool = False
) -> None:
    """Enter who holds the office; an empty name leaves it vacant. A new or changed Leader is saved.

    Another name is another person, whose predecessor's photo and personal numbers go at once, unless only the
    spelling was mended (`is_same_person`): nobody is the same person as somebody. Raises ValidationError.
    """
    lock(leader.unit)
    # As it is in the database: a form has already put the new name on the instance.
    before = Leader.objects.filter(pk=leader.pk).first()
    has_left = before and before.name != name and not (is_same_person and name.strip())
    leader.name, leader.office, leader.standing = name, office, standing
    leader.full_clean()
    leader.save()
    if has_left:
        remove_portrait(leader)
        end_consents_of(leader, by)
        end_pledges_of(leader)
    # A photo is shown only beside the name that was confirmed with it.
    contact_changed(leader.unit)


def usual_office(unit: Unit, rank: int = 1) -> str:
    """The office's name as a first proposal: Camat Kapas, Kepala Dinas Kesehatan, Wakil Bupati Bojonegoro."""
    office, label = unit.kind.head_office.split(), unit.kind.label
    place = unit.name.removeprefix(label).split()
    if place and place[0] == office[-1]:
        del place[0]
    return " ".join([*(["Wakil"] if rank > 1 else []), *office, *place])
