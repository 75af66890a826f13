from django.urls import path

from .views import calculator, counter, desk, files, lost_codes, tracking, transparency

urlpatterns = [
    path("hitung-batas/", calculator.calculator, name="calculator"),
    path("hitung-batas/vektor.json", calculator.vectors, name="calculator_vectors"),
    path("lacak/", tracking.track, name="track"),
    path("lacak/kode/", lost_codes.lost_code, name="lost_code"),
    path("lacak/perkara/", tracking.tracked, name="tracked"),
    path("lacak/bukti/", tracking.receipt, name="receipt"),
    path("lacak/lanjutan/", tracking.follow, name="follow_tracked"),
    path("lacak/tutup/", tracking.forget, name="forget_tracked"),
    path("lacak/perkara/<slug:name>/", tracking.act_as_reporter, name="act_as_reporter"),
    path("transparansi/", transparency.overview, name="transparency"),
    path("transparansi/umpan.xml", transparency.feed, name="transparency_feed"),
    path("transparansi/sidik.json", transparency.roots_json, name="transparency_json"),
    path("transparansi/periksa/", transparency.check_proof, name="transparency_check"),
    path("transparansi/periksa_bukti.py", transparency.script, name="transparency_script"),
    path("berkas/<slug:key>/", files.case_file, name="case_file"),
    path("berkas/umum/<slug:key>/", files.public_photo, name="public_photo"),
    path("meja/", desk.desk, name="desk"),
    path("meja/pagi/", desk.morning_screen, name="desk_morning"),
    path("meja/perkara/<slug:number>/", desk.case, name="desk_case"),
    path("meja/perkara/<slug:number>/tanda-terima/", counter.counter_receipt, name="desk_receipt"),
    path("meja/perkara/<slug:number>/identitas/", desk.identity, name="desk_identity"),
    path("meja/perkara/<slug:number>/<slug:name>/", desk.act, name="desk_act"),
]
