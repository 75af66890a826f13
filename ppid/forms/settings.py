from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from home.models import PortalSettings


class PpidSettingsForm(WagtailAdminModelForm):
    """Says where letters are dated while nobody has entered it, or that they are dated without a place."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        seat, place = self.fields["seat"], type(self.instance)().seat_or_region(PortalSettings.load())
        told = (
            _("Selama kosong: %s, menurut nama daerah.") % place
            if place
            else _(
                "Perhatian: nama daerah belum diisi, maka selama ini kosong surat PPID bertanggal tanpa tempat."
            )
        )
        seat.help_text = f"{seat.help_text} {told}"
