"""Choices of units, sections and people as they are told apart: a desa with its kecamatan, a person with a name."""

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from ..models import Section, Unit


class UnitField(forms.ModelChoiceField):
    """Names of desa repeat, so each is named with its kecamatan: one query for all."""

    def __init__(self, **kwargs):
        super().__init__(queryset=Unit.objects.none(), **kwargs)

    def label_from_instance(self, unit: Unit) -> str:
        return unit.place_name

    def offer(self, units: QuerySet[Unit], *, chosen: int | None = None) -> None:
        """The units to choose from; the one already chosen stays, also when it has ended."""
        found = units | Unit.objects.filter(pk=chosen)
        self.queryset = found.select_related("kind", "parent__kind").order_by("kind__order", "name", "pk")


class SectionField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        sections = Section.objects.select_related("unit__kind").order_by("unit__name", "order", "name")
        super().__init__(queryset=sections, **kwargs)

    def label_from_instance(self, section: Section) -> str:
        return f"{section.unit.full_name}: {section.name}"


class PersonField(forms.ModelChoiceField):
    def __init__(self, **kwargs):
        super().__init__(queryset=get_user_model().objects.none(), **kwargs)

    def label_from_instance(self, user) -> str:
        return f"{user} ({user.username})" if user.get_full_name() else user.username

    def offer_active(self, *, chosen: int | None = None) -> None:
        people = get_user_model().objects.filter(Q(is_active=True) | Q(pk=chosen))
        self.queryset = people.order_by("first_name", "last_name", "username")
