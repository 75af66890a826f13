"""Units as the public forms offer them: kecamatan, then desa, or every office."""

import time

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from home.freshness import generation
from opd_pages.models import Level, Unit

# For which generation, day and span they were asked, and what was found.
_kept: tuple[tuple, "Places"] | None = None


class Places:
    """The units of today as the form offers them. One query, whatever is chosen."""

    def __init__(self) -> None:
        rows = Unit.objects.valid_on(timezone.localdate()).select_related("kind").order_by("name")
        self._units = {unit.pk: unit for unit in rows}
        for unit in self._units.values():
            if unit.parent_id in self._units:
                unit.parent = self._units[unit.parent_id]

    @classmethod
    def shown(cls) -> "Places":
        """For a form that is only shown: kept as long as public pages are, so that any change of a unit ends them.

        What was typed is judged by places of its own. A query where nothing is kept.
        """
        global _kept
        token = generation() if settings.PAGE_CACHE_SECONDS else ""
        if not token:
            return cls()
        asked = token, timezone.localdate(), time.time() // settings.PAGE_CACHE_SECONDS
        kept = _kept
        if kept is None or kept[0] != asked:
            _kept = kept = asked, cls()
        return kept[1]

    def _at(self, *levels: Level) -> list[Unit]:
        return [unit for unit in self._units.values() if unit.kind.level in levels]

    @property
    def district_choices(self) -> list[tuple[str, str]]:
        return [(str(unit.pk), unit.name) for unit in self._at(Level.DISTRICT)]

    @property
    def village_choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Grouped by kecamatan: names of desa repeat."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for unit in sorted(
            self._at(Level.VILLAGE), key=lambda unit: (unit.parent.name if unit.parent else "", unit.name)
        ):
            groups.setdefault(unit.parent.name if unit.parent else "", []).append((str(unit.pk), unit.name))
        return list(groups.items())

    @property
    def office_choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Every office that a case can concern, kecamatan and agencies first, then desa by kecamatan."""
        upper = [
            unit for unit in self._units.values() if unit.kind.level not in (Level.VILLAGE, Level.PARTNER)
        ]
        villages = [(_("Desa di %s") % name, choices) for name, choices in self.village_choices]
        return [(_("Kantor"), [(str(unit.pk), unit.full_name) for unit in upper]), *villages]

    def get(self, pk: str) -> Unit | None:
        return self._units.get(int(pk)) if pk and pk.isdecimal() else None

    def by_short_code(self, short_code: str) -> Unit | None:
        wanted = (short_code or "").strip().upper()
        return next((unit for unit in self._units.values() if unit.short_code == wanted), None)

    def is_within(self, village: str, district: str) -> bool:
        unit = self.get(village)
        return unit is not None and str(unit.parent_id) == district
