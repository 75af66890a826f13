import os

from . import paths  # noqa: F401  (makes the rooms importable)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

from .production import refuse_demo_rows, refuse_other_keys

application = get_wsgi_application()
refuse_demo_rows()
refuse_other_keys()
