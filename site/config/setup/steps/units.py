from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from home.models import PortalSettings
from opd_pages.models import Level, Unit
from opd_pages.services.importing import ImportRefused, ImportReport
from opd_pages.services.unit_file import UnreadableFile

from ..forms import RegionForm
from ..services import Source, import_lists, root_row, root_unit
from .base import Refused, Step, field_check

MOST_NOTES = 10


class UnitsStep(Step):
    title = _("Unit")

    def gather(self) -> None:
        self.sources: list[Source] = []
        self.reports: list[ImportReport] = []
        if self.options.get("region_code") and not root_unit():
            self._settle_root()
        for path in self.options.get("units") or []:
            self._add_given(path)
        if self.console:
            if not self.options.get("units"):
                self._ask_for_lists()
            if not self._has_root():
                self._settle_root()
        elif not self._has_root():
            raise Refused(
                __("--units atau --region-code: portal belum punya kabupaten; berikan salah satunya.")
            )

    def carry_out(self) -> None:
        if self.sources:
            import_lists(self.sources)
        self.say(__("%s unit di portal.") % Unit.objects.current().count())

    def _ask_for_lists(self) -> None:
        self.say(__("Daftar unit berupa berkas CSV: kecamatan dan desa dahulu, lalu perangkat daerah."))
        question = __("berkas CSV (kosongkan bila tidak ada lagi)")
        while report := self.console.ask(question, "", self._try_path):
            self._show(report)
            if not self.console.agree(__("Masukkan daftar ini?")):
                self._drop_last()

    def _add_given(self, path: str) -> None:
        try:
            self._show(self._try_path(path))
        except ValidationError as fault:
            raise Refused("\n".join(f"--units {path}: {words}" for words in fault.messages)) from fault
        if self.console and not self.console.agree(__("Masukkan daftar ini?")):
            self._drop_last()

    def _try_path(self, path: str) -> ImportReport | None:
        return self._try(Path(path).expanduser()) if path else None

    def _try(self, source: Source) -> ImportReport:
        """What the list would do after those before it; it is remembered. Raises ValidationError."""
        try:
            reports = import_lists([*self.sources, source], dry_run=True)
        except UnreadableFile as unreadable:
            raise ValidationError(str(unreadable)) from unreadable
        except ImportRefused as refused:
            raise ValidationError(self._shortened([str(fault) for fault in refused.faults])) from refused
        self.sources, self.reports = [*self.sources, source], reports
        return reports[-1]

    def _drop_last(self) -> None:
        self.sources, self.reports = self.sources[:-1], self.reports[:-1]

    def _has_root(self) -> bool:
        created = (unit for report in self.reports for unit in report.created)
        return root_unit() is not None or any(unit.kind.level == Level.ROOT for unit in created)

    def _settle_root(self) -> None:
        """The kabupaten itself, named as the portal is."""
        name = self.options.get("name") or PortalSettings.load().region_name
        check = field_check(RegionForm, {}, "region_code")
        code = self.settle("region_code", RegionForm.base_fields["region_code"].label, "", check)
        self._try([root_row(code, name)])

    def _show(self, report: ImportReport) -> None:
        counts = {
            "created": len(report.created),
            "changed": len(report.changed),
            "unchanged": report.unchanged,
            "skipped": len(report.skipped),
        }
        words = __(
            "%(created)s unit baru, %(changed)s berubah, %(unchanged)s tetap, %(skipped)s baris dilewati."
        )
        self.say(words % counts)
        for note in self._shortened([str(note) for note in [*report.warnings, *report.skipped]]):
            self.say(f"  {note}")

    def _shortened(self, notes: list[str]) -> list[str]:
        more = [__("dan %s lagi") % len(notes[MOST_NOTES:])] if notes[MOST_NOTES:] else []
        return notes[:MOST_NOTES] + more
