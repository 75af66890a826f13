"""Putting everything that is encrypted under the first identity key, so that the keys behind it can be thrown away."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Protocol

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from home.registry import Registry

from ..encryption import MARK_LENGTH, EncryptedTextField, KeyedHashField, key_mark

PAGE = 200


class Sealed(Protocol):
    """Rows with something encrypted. `label` says whose; the counts are of rows."""

    label: str

    def under_older_keys(self) -> int: ...

    def under_no_key(self) -> int: ...

    def renew(self, note: Callable[[int], None]) -> None:
        """Encrypt anew what an older key holds, a page a transaction; `note` hears how many of them are done."""


@dataclass(frozen=True)
class SealedModel:
    """The rows of a model with encrypted fields."""

    model: type[models.Model]
    fields: tuple[str, ...]

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    def under_older_keys(self) -> int:
        return self._waiting().count()

    def under_no_key(self) -> int:
        return self._rows().exclude(self._all_open()).count()

    def renew(self, note: Callable[[int], None]) -> None:
        done = last = 0
        while True:
            with transaction.atomic():
                page = list(
                    self._waiting().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PAGE]
                )
                # Read under the lock: what somebody else has just written is what is encrypted anew.
                rows = self.model._base_manager.select_for_update().filter(pk__in=page)
                for row in rows.order_by("pk"):
                    row.save(update_fields=[*self.fields, *_names(self.model, KeyedHashField)])
            if not page:
                return
            done, last = done + len(page), page[-1]
            note(done)

    def _rows(self) -> QuerySet:
        marks = {f"{name}_mark": Left(name, MARK_LENGTH) for name in self.fields}
        return self.model._base_manager.annotate(**marks)

    def _waiting(self) -> QuerySet:
        older = reduce(or_, (Q(**{f"{name}_mark__in": older_marks()}) for name in self.fields))
        return self._rows().filter(self._all_open() & older)

    def _all_open(self) -> Q:
        known = {"", *map(key_mark, settings.IDENTITY_KEYS)}
        return Q(**{f"{name}_mark__in": known for name in self.fields})


# What is encrypted elsewhere than in a field of its own.
sealed_elsewhere: Registry[Sealed] = Registry()


def older_marks() -> set[str]:
    first, *older = map(key_mark, settings.IDENTITY_KEYS)
    return set(older) - {first}


def rows_under_older_keys() -> int:
    return sum(sealed.under_older_keys() for sealed in all_sealed())


def rows_under_no_key() -> int:
    """Rows that cannot be read: a key was thrown away too early, or the database came without its keys."""
    return sum(sealed.under_no_key() for sealed in all_sealed())


def all_sealed() -> list[Sealed]:
    """Every model with an encrypted field, of whichever room, and what the rooms have entered besides."""
    found = ((model, _names(model, EncryptedTextField)) for model in apps.get_models())
    return [SealedModel(model, fields) for model, fields in found if fields] + list(sealed_elsewhere)


def _names(model: type[models.Model], kind: type[models.Field]) -> tuple[str, ...]:
    return tuple(field.name for field in model._meta.concrete_fields if isinstance(field, kind))
