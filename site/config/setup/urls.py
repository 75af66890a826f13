"""Below /admin/, entered by wagtail_hooks."""

from django.urls import path

from . import views

urlpatterns = [
    path("persiapan/", views.overview, name="setup"),
    path("persiapan/unit/", views.units, name="setup_units"),
    path("persiapan/unit/impor/", views.take_units, name="setup_take_units"),
    path("persiapan/unit/halaman/", views.make_pages, name="setup_make_pages"),
    path("persiapan/surel/", views.mail, name="setup_mail"),
    path("persiapan/surel/kode/", views.confirm_mail, name="setup_confirm_mail"),
]
