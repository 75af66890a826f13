"""Offices in the portal's search: by name and need, as in the directory."""

from django.utils.translation import gettext_lazy as _

from home.search import Found, Question

from .addresses import unit_address
from .selectors.directory import about, meanings, search_units


class Units:
    name, label = "kantor", _("Kantor")

    def find(self, question: Question, first: int, count: int) -> list[Found]:
        units = search_units(question.text, meanings(question.text))
        return [
            Found(unit.place_name, unit_address(unit), about(unit), unit.description)
            for unit in units[first : first + count]
        ]
