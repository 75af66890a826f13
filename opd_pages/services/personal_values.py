"""Numbers known to be somebody's own, also after every row that spoke of them is gone."""

from collections.abc import Iterable

from ..models import PersonalValue
from ..registry import fingerprints


def remember_personal(values: Iterable[str]) -> None:
    """From now on nobody enters these as an office's. Only keyed hashes are kept."""
    PersonalValue.objects.bulk_create(
        [PersonalValue(fingerprint=_fingerprint(value)) for value in sorted(set(values))],
        ignore_conflicts=True,
    )


def is_known_personal(value: str) -> bool:
    """1 query."""
    return PersonalValue.objects.filter(fingerprint=_fingerprint(value)).exists()


def _fingerprint(value: str) -> str:
    keyed = next(iter(fingerprints))
    # An account is the same in capitals.
    return keyed(value.lower())
