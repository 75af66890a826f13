from django.urls import path

from .views import counter, public, report

urlpatterns = [
    path("lapor/", report.report, name="report"),
    path("meja/laporan/baru/", counter.record_report, name="record_report"),
    path("pengaduan/", public.complaints, name="public_complaints"),
    path("pengaduan/<slug:number>/", public.complaint, name="public_complaint"),
]
