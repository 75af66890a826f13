from django.urls import path

from .views import desk, files, tracking

urlpatterns = [
    path("lacak/", tracking.track, name="track"),
    path("lacak/laporan/", tracking.tracked, name="tracked"),
    path("lacak/bukti/", tracking.receipt, name="receipt"),
    path("lacak/tutup/", tracking.forget, name="forget_tracked"),
    path("lacak/laporan/<slug:name>/", tracking.act_as_reporter, name="act_as_reporter"),
    path("berkas/<slug:key>/", files.case_file, name="case_file"),
    path("meja/", desk.desk, name="desk"),
    path("meja/pagi/", desk.morning_screen, name="desk_morning"),
    path("meja/perkara/<slug:number>/", desk.case, name="desk_case"),
    path("meja/perkara/<slug:number>/identitas/", desk.identity, name="desk_identity"),
    path("meja/perkara/<slug:number>/<slug:name>/", desk.act, name="desk_act"),
]
