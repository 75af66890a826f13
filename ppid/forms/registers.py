from django.utils.translation import gettext_lazy as _

from opd_pages.forms.register import RegisterForm

from ..models.letter import FIELDS


class LetterTemplateForm(RegisterForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = ", ".join(f"{{{name}}}" for name in sorted(FIELDS))
        self.fields["body"].help_text = _("Isian yang dapat dipakai: %s.") % known
