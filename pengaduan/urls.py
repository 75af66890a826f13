from django.urls import path

from .views import public, report

urlpatterns = [
    path("lapor/", report.report, name="report"),
    path("pengaduan/", public.complaints, name="public_complaints"),
    path("pengaduan/<slug:number>/", public.complaint, name="public_complaint"),
]
