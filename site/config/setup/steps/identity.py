from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from home.models import PortalSettings

from ..crest import read_crest, set_crest
from ..forms import IdentityForm
from .base import Refused, Step, field_check

# In the order they are asked in: form field and flag.
FLAGS = {
    "region_name": "name",
    "tagline": "tagline",
    "slogan": "slogan",
    "primary_color": "primary_color",
    "accent_color": "accent_color",
    "hotlines": "hotline",
}


class IdentityStep(Step):
    title = _("Identitas")

    def gather(self) -> None:
        self.answers = self._current()
        form = IdentityForm(instance=PortalSettings.load())
        faults = []
        for name, flag in FLAGS.items():
            check = field_check(self._bind, self.answers, name)
            try:
                self.answers[name] = self.settle(flag, form.fields[name].label, self.answers[name], check)
            except Refused as refused:
                faults.append(str(refused))
        try:
            self.crest = self.settle("crest", self._crest_question(), "", self._read_crest)
        except Refused as refused:
            faults.append(str(refused))
        if faults:
            raise Refused("\n".join(faults))

    @transaction.atomic
    def carry_out(self) -> None:
        before, form = self._current(), self._bind(self.answers)
        # Saving what is unchanged would only throw away cached pages.
        if self.answers != before and form.is_valid():
            form.save()
        is_new_crest = bool(self.crest) and set_crest(self.crest)
        self.say(
            __("Identitas disimpan.")
            if self.answers != before or is_new_crest
            else __("Tidak ada yang berubah.")
        )

    def _bind(self, answers: dict) -> IdentityForm:
        return IdentityForm(answers, instance=PortalSettings.load())

    def _current(self) -> dict[str, str]:
        portal = PortalSettings.load()
        hotlines = (f"{block.value['label']}={block.value['number']}" for block in portal.hotlines)
        return {name: getattr(portal, name) for name in FLAGS if name != "hotlines"} | {
            "hotlines": "; ".join(hotlines)
        }

    def _crest_question(self) -> str:
        if PortalSettings.load().crest_id:
            return __("berkas lambang SVG atau PNG (kosongkan supaya tetap)")
        return __("berkas lambang SVG atau PNG (boleh menyusul)")

    def _read_crest(self, path: str) -> bytes | None:
        return read_crest(Path(path).expanduser()) if path else None
