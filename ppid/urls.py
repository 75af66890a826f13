from django.urls import path

from .views import letters, request

urlpatterns = [
    path("ppid/permohonan/", request.information_request, name="information_request"),
    path("lacak/surat/", letters.applicant_letter, name="applicant_letter"),
    path("meja/permohonan/baru/", request.record_request, name="record_request"),
    path("meja/permohonan/<slug:number>/surat/", letters.desk_letter, name="desk_letter"),
]
