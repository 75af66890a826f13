from functools import cache

from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.storage import StaticFilesStorage


class OnlyWhatExists(StaticFilesStorage):
    """Refuses a name that no file stands behind, as the manifest of a real portal does."""

    def url(self, name, force=False):
        if not _exists(name):
            raise ValueError(f"{name} is no static file of this portal")
        return super().url(name)


@cache
def _exists(name: str) -> bool:
    return bool(find(name))
