"""The first steps of an installation, for the terminal (`manage.py setup`) and for /admin/persiapan/ alike."""
