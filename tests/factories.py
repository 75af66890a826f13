"""Small made-up offices and people for tests."""

from dataclasses import dataclass
from datetime import date

from home.models import User
from opd_pages.models import Membership, Role, Section, Unit

from .made_once import made_once

LONG_AGO = date(2020, 1, 1)


def make_unit(code: str, short_code: str, name: str, kind: str, parent: Unit | None = None, **fields) -> Unit:
    unit = Unit(code=code, short_code=short_code, name=name, kind_id=kind, parent=parent, **fields)
    unit.save()
    return unit


def make_user(username: str, **fields) -> User:
    fields.setdefault("email", f"{username}@contoh.test")
    return User.objects.create_user(username, password="sandi-untuk-uji", **fields)


def join(user: User, unit: Unit, role: Role, **fields) -> Membership:
    fields.setdefault("valid_from", LONG_AGO)
    membership = Membership(user=user, unit=unit, role=role, **fields)
    membership.save()
    return membership


def member(username: str, unit: Unit, role: Role, **fields) -> User:
    """A new person with one membership."""
    user = make_user(username)
    join(user, unit, role, **fields)
    return user


@dataclass
class Office:
    regency: Unit
    kapas: Unit
    bakalan: Unit
    tanjungharjo: Unit
    dander: Unit
    works: Unit
    inspectorate: Unit
    order_section: Section
    building_section: Section

    @classmethod
    def make(cls) -> "Office":
        return cls._made() if Unit.objects.exists() else made_once(cls, cls._made)

    @classmethod
    def _made(cls) -> "Office":
        regency = make_unit("35.22", "BJN", "Kabupaten Bojonegoro", "kabupaten")
        kapas = make_unit("35.22.14", "KPS", "Kapas", "kecamatan", regency)
        return cls(
            regency=regency,
            kapas=kapas,
            bakalan=make_unit("35.22.14.2001", "KPS-2001", "Bakalan", "desa", kapas),
            tanjungharjo=make_unit("35.22.14.2002", "KPS-2002", "Tanjungharjo", "desa", kapas),
            dander=make_unit("35.22.06", "DDR", "Dander", "kecamatan", regency),
            works=make_unit("35.22.DPUBMPR", "DPUBMPR", "Dinas Pekerjaan Umum Bina Marga", "dinas", regency),
            inspectorate=make_unit("35.22.INSPEKTORAT", "INSPEKTORAT", "Inspektorat", "inspektorat", regency),
            order_section=Section.objects.create(
                unit=kapas, name="Seksi Ketenteraman dan Ketertiban", order=1
            ),
            building_section=Section.objects.create(unit=kapas, name="Seksi Pembangunan", order=2),
        )
