"""Every address of the portal. Django's routes come before Wagtail's pages; a page's slug may shadow none of them."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.urls import page_files

from . import health
from .accounts_urls import closed_admin_urls

handler400 = "config.too_much.bad_or_too_much"

urlpatterns = [
    # Before Wagtail's: its own log-in has no limit on attempts.
    *closed_admin_urls,
    path("admin/", include(wagtailadmin_urls)),
    path("masuk/", include("config.accounts_urls")),
    path("kesehatan/", health.alive, name="alive"),
    path("kesehatan/halaman/", health.pages, name="kept_pages"),
    path("kesehatan/siap/", health.ready, name="ready"),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("home.urls")),
    path("", include("opd_pages.urls")),
    path("", include("cases.urls")),
    path("", include("pengaduan.urls")),
    path("", include("ppid.urls")),
    *page_files,
    path("", include(wagtail_urls)),
]
