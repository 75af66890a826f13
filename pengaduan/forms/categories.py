from django.utils.translation import gettext_lazy as _

from opd_pages.forms.fields import UnitField
from opd_pages.forms.register import RegisterForm
from opd_pages.models import Level, Unit


class CategoryForm(RegisterForm):
    unit = UnitField(
        label=_("Perangkat daerah yang biasanya berwenang"),
        required=False,
        help_text=_("Hanya saran bagi operator; laporan tetap diterima unit tempat kejadian."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offices = Unit.objects.current().exclude(kind__level__in=[Level.DISTRICT, Level.VILLAGE, Level.ROOT])
        self.fields["unit"].offer(offices, chosen=self.instance.unit_id)
