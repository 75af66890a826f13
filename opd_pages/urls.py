from django.urls import path, re_path

from .views import alerts, compliance, confirming, contact_desk, public, readers, unreachable

urlpatterns = [
    path("unit/", public.unit_directory, name="unit_directory"),
    path("unit/peta/", public.unit_map, name="unit_map"),
    path("unit/<str:short_code>/poster.pdf", public.poster_pdf, name="poster_pdf"),
    path("unit/<str:short_code>/poster.png", public.poster_png, name="poster_png"),
    path("unit/<str:short_code>/kontak.vcf", public.contact_card_file, name="contact_card"),
    path("unit/<str:short_code>/kontak.json", public.contact_json_file, name="contact_json"),
    path("unit/<str:short_code>/komitmen/", public.signed_pledge, name="signed_pledge"),
    path("unit/<str:short_code>/tidak-terhubung/", unreachable.unreachable, name="unreachable"),
    path("kontak/konfirmasi/<str:token>/", confirming.confirm_by_link, name="confirm_by_link"),
    path("kepatuhan/", compliance.compliance, name="compliance"),
    path("kepatuhan/unit.csv", compliance.compliance_csv, name="compliance_csv"),
    # Typed from a poster: with or without the last slash.
    re_path(r"^k/(?P<code>[^/]{1,100})/?$", public.unit_short, name="unit_short"),
    path("meja/peringatan/", alerts.alerts, name="alerts"),
    path("meja/peringatan/terbitkan/", alerts.edit_alert, name="add_alert"),
    path("meja/peringatan/<int:pk>/", alerts.edit_alert, name="edit_alert"),
    path("meja/peringatan/<int:pk>/akhiri/", alerts.finish_alert, name="end_alert"),
    path("dibaca/<int:pk>.gif", readers.news_opened, name="news_opened"),
    path("nilai/<int:pk>/", readers.vote_on_news, name="vote_on_news"),
    path("meja/kontak/", contact_desk.kept_list, name="contact_desks"),
    path("meja/kontak/<slug:short_code>/", contact_desk.contacts, name="contact_desk"),
    path("meja/kontak/<slug:short_code>/konfirmasi/", contact_desk.confirm_contacts, name="confirm_contacts"),
    path("meja/kontak/<slug:short_code>/pratinjau.png", contact_desk.preview, name="preview_poster"),
    path("meja/kontak/<slug:short_code>/tambah/", contact_desk.edit_contact, name="add_contact"),
    path("meja/kontak/<slug:short_code>/<int:pk>/", contact_desk.edit_contact, name="edit_contact"),
    path("meja/kontak/<slug:short_code>/<int:pk>/hapus/", contact_desk.delete_contact, name="delete_contact"),
    path("meja/kontak/<slug:short_code>/<int:pk>/geser/", contact_desk.move_contact, name="move_contact"),
    path("meja/kontak/<slug:short_code>/<int:pk>/persetujuan/", contact_desk.consent, name="record_consent"),
    path(
        "meja/kontak/<slug:short_code>/<int:pk>/cabut/",
        contact_desk.withdraw_consent,
        name="withdraw_consent",
    ),
    path("meja/kontak/<slug:short_code>/komitmen/", contact_desk.edit_pledge, name="edit_pledge"),
    path("meja/kontak/<slug:short_code>/komitmen/akhiri/", contact_desk.end_pledge, name="end_pledge"),
    path("meja/kontak/<slug:short_code>/pimpinan/<int:rank>/", contact_desk.edit_leader, name="edit_leader"),
]
