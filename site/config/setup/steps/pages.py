from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from ..services import open_missing_pages
from .base import Step

SHOWN_EVERY = 50


class PagesStep(Step):
    title = _("Halaman")

    def carry_out(self) -> None:
        made = open_missing_pages(progress=self._show)
        self.say(__("%s halaman baru.") % made if made else __("Semua unit sudah punya halaman."))

    def _show(self, done: int, total: int) -> None:
        if done % SHOWN_EVERY == 0:
            self.say(__("%(done)s dari %(total)s") % {"done": done, "total": total})
