"""Log-in. Names are allauth's, so that its own code finds its way; what is not listed is closed."""

from allauth.account import views as allauth_views
from django.urls import path, re_path
from django.views.generic import RedirectView

from . import accounts_factor_views as factor_views
from . import accounts_page as page
from . import accounts_views as views

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)
to_reset = RedirectView.as_view(pattern_name="account_reset_password")

# Wagtail's own ways in count no attempts and ask no second factor.
closed_admin_urls = [
    path("admin/login/", to_login),
    path("admin/logout/", allauth_views.logout),
    re_path(r"^admin/password_reset/", to_reset),
    # Wagtail's way to try out error reports: an error for the asking.
    path("admin/failwhale/", views.closed),
    path("_util/login/", to_login),
    # A password shared by all who read a page is nobody's, and can be guessed without limit.
    re_path(r"^_util/authenticate_with_password/", views.closed),
    re_path(r"^documents/authenticate_with_password/", views.closed),
]

urlpatterns = [
    path("", views.LoginView.as_view(), name="account_login"),
    path("keluar/", allauth_views.logout, name="account_logout"),
    path("pastikan/", views.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("akun/", page.account, name="account"),
    path("akun/sesi/<int:pk>/", page.end_session, name="end_session"),
    path("akun/sesi/", page.end_other_sessions, name="end_other_sessions"),
    path("kode/", factor_views.ChallengeView.as_view(), name="mfa_authenticate"),
    path("kode/pastikan/", factor_views.ReauthenticateView.as_view(), name="mfa_reauthenticate"),
    path("dua-langkah/", factor_views.EnrolView.as_view(), name="mfa_activate_totp"),
    path("dua-langkah/qr.svg", factor_views.second_factor_qr, name="second_factor_qr"),
    path("dua-langkah/hapus/", factor_views.RemoveView.as_view(), name="mfa_deactivate_totp"),
    path("dua-langkah/cadangan/", factor_views.BackupCodesView.as_view(), name="backup_codes"),
    path("dua-langkah/cadangan/unduh/", factor_views.download_backup_codes, name="download_backup_codes"),
    path(
        "dua-langkah/cadangan/baru/", factor_views.RenewBackupCodesView.as_view(), name="renew_backup_codes"
    ),
    path("ganti-sandi/", views.PasswordChangeView.as_view(), name="account_change_password"),
    path("ganti-sandi/selesai/", views.password_changed, name="account_change_password_done"),
    path("lupa-sandi/", views.PasswordResetView.as_view(), name="account_reset_password"),
    path("lupa-sandi/terkirim/", allauth_views.password_reset_done, name="account_reset_password_done"),
    path(
        "lupa-sandi/selesai/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^lupa-sandi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.PasswordResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
]
