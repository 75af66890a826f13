from django.utils.translation import gettext_lazy as _

from ..models import Membership, Role, Unit
from ..services.memberships import overlapping
from .fields import PersonField, SectionField, UnitField
from .register import RegisterForm


class MembershipForm(RegisterForm):
    """Joining, leaving and standing in for somebody. To leave is to have a last day."""

    settled_fields = ("user", "unit", "role")

    user = PersonField(label=_("Orang"))
    unit = UnitField(label=_("Unit"))
    section = SectionField(
        label=_("Seksi"), required=False, help_text=_("Hanya untuk kepala seksi: seksi yang dipimpin.")
    )
    deputy_for = PersonField(
        label=_("Menggantikan"),
        required=False,
        help_text=_("Pejabat yang digantikan Plt. atau Plh. Kosongkan bila jabatannya kosong."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].offer_active(chosen=self.instance.user_id)
        self.fields["deputy_for"].offer_active(chosen=self.instance.deputy_for_id)
        self.fields["unit"].offer(Unit.objects.current(), chosen=self.instance.unit_id)
        self.fields["valid_from"].help_text = _("Hari pertama bertugas.")
        self.fields["valid_until"].help_text = _("Hari terakhir bertugas. Kosongkan selama masih bertugas.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("deputy_for") and not cleaned.get("standing"):
            self.add_error(
                "standing", _("Yang menggantikan pejabat lain adalah Plt. atau Plh. Pilih salah satu.")
            )
        if cleaned.get("section") and cleaned.get("role") not in (None, Role.SECTION_HEAD):
            self.add_error("section", _("Seksi hanya diisi untuk kepala seksi."))
        if all(cleaned.get(name) for name in ("user", "unit", "role", "valid_from")):
            self._check_overlap(cleaned)
        return cleaned

    def _check_overlap(self, cleaned) -> None:
        names = ("user", "unit", "role", "section", "valid_from", "valid_until")
        wanted = Membership(pk=self.instance.pk, **{name: cleaned.get(name) for name in names})
        if earlier := overlapping(wanted).first():
            self.add_error(
                "valid_from",
                _("%(user)s sudah tercatat sebagai %(role)s di unit ini untuk masa yang sama (%(period)s).")
                % {"user": earlier.user, "role": earlier.get_role_display(), "period": period(earlier)},
            )


def period(membership: Membership) -> str:
    """sejak 1/2/2026, or 1/2/2026 sampai 3/4/2026"""
    first = f"{membership.valid_from:%d/%m/%Y}"
    if membership.valid_until is None:
        return _("sejak %s") % first
    return _("%(first)s sampai %(last)s") % {"first": first, "last": f"{membership.valid_until:%d/%m/%Y}"}
