"""Django's settings. What an office may change comes from the table in config.environment."""

from zoneinfo import ZoneInfo

import dj_database_url
from csp.constants import NONE, SELF

from .catalogues import compiled
from .environment import PRODUCTION, read
from .keys import local_keys
from .paths import BASE

ENVIRONMENT = read()
IS_PRODUCTION = ENVIRONMENT["PENDOPO_MODE"] == PRODUCTION
DEBUG = ENVIRONMENT["DEBUG"]
DATA_DIR = ENVIRONMENT["DATA_DIR"]
WEB_PORT = ENVIRONMENT["PORT"]

SECRET_KEY = ENVIRONMENT["SECRET_KEY"] or local_keys(DATA_DIR)["SECRET_KEY"]
# The first key encrypts, every key decrypts: a new one is put in front, old ones stay until re-encrypted.
IDENTITY_KEYS = ENVIRONMENT["IDENTITY_KEYS"] or [local_keys(DATA_DIR)["IDENTITY_KEY"]]

ALLOWED_HOSTS = ENVIRONMENT["ALLOWED_HOSTS"] or ["localhost", "127.0.0.1", "[::1]", ENVIRONMENT["HOST"]]
PUBLIC_URL = ENVIRONMENT["PUBLIC_URL"] or f"http://localhost:{WEB_PORT}"

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "pengaduan",
    "ppid",
    "cases",
    "opd_pages",
    "home",
    "wagtail_modeladmin",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_q",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.page_cache.middleware.PageCacheMiddleware",
    # Before all that asks for an address: it takes the language off.
    "home.languages.LanguageMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.accounts_gate.SecondFactorMiddleware",
    "opd_pages.admin.scope.AdminScopeMiddleware",
    "home.redirects.LanguageRedirectMiddleware",
    "config.unreadable.UnreadableMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context.portal",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Databases -------------------------------------------------------------------------------------------------------
if ENVIRONMENT["DATABASE_URL"]:
    DATABASES = {
        "default": dj_database_url.parse(
            ENVIRONMENT["DATABASE_URL"], conn_max_age=600, conn_health_checks=True
        )
    }
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "pendopo.sqlite3"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue for the lock instead of failing half-way through a transaction.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Eight megabytes of the database stay at hand for each connection; with SQLite's own two a search reads most anew.
        # What is erased is overwritten in the file, which not every SQLite does unasked.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-8000;"
        " PRAGMA secure_delete=ON;",
    }
    # An in-memory test database is shared between threads and locks them out.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
else:
    # PostgreSQL would compile what it thinks dear, which takes longer than the dearest of our statements does.
    given = DATABASES["default"].setdefault("OPTIONS", {})
    given["options"] = f"{given.get('options', '')} -c jit=off".lstrip()

CACHES = {
    # Rate limits and used codes live here: shared by all processes, never cleared.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
        # Django's 300 would let a stranger push counted attempts out by inventing names.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
# Public pages as anyone sees them: files, since every process reads them and no service is needed.
PAGE_CACHE_ROOT = DATA_DIR / "halaman"
PAGE_CACHE_SECONDS = ENVIRONMENT["PAGE_CACHE_SECONDS"]

# --- Language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
# The first is the language of the texts in the code; every other one has addresses of its own, /en/…
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [compiled(BASE / "site" / "locale", DATA_DIR / "locale")]
TIME_ZONE = ENVIRONMENT["TIME_ZONE"]
OFFICE_ZONE = ZoneInfo(TIME_ZONE)
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE / "site" / "static"]
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# Case files are never below MEDIA_ROOT: they are served by a view that asks who may see them.
CASE_FILES_ROOT = DATA_DIR / "berkas"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "cases": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": CASE_FILES_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# More than a form takes, so that its own message says how many may be sent.
DATA_UPLOAD_MAX_NUMBER_FILES = 40
# The longest form: a page of 400 documents, six fields each. Django's 1,000 would lose an editor's work at 160.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
QUARANTINE_ROOT = DATA_DIR / "karantina"
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "cases.quarantine.QuarantineHandler",
]

# --- People ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "home.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_login"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.accounts.AccountAdapter"
# One way in: two would tell by their timing which names exist.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USERNAME_BLACKLIST = []
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT["TRUSTED_PROXIES"]
# Of one name from one network: a stranger's failures are not to lock the owner out. What else is counted of failures stands
# in config.accounts. A whole office comes in at eight o'clock.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "5/300s/key"}
# Long enough to fetch an app for codes over a slow line.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_ADAPTER = "config.accounts_mfa.MFAAdapter"
# A neighbouring code would be accepted twice.
MFA_TOTP_TOLERANCE = 0
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Addresses are entered by an administrator; nobody verifies them here.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SESSION_COOKIE_AGE = 12 * 3600
PASSWORD_RESET_TIMEOUT = 6 * 3600
SESSION_COOKIE_SAMESITE = "Lax"

# --- Safety ----------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    # Wagtail's own pages need inline scripts and styles; nobody else's do.
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "home.views.csrf_failure"
if IS_PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT["TRUSTED_PROXIES"] else None
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
    CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
    SECURE_HSTS_SECONDS = 3600 * 24 * 30 if PUBLIC_URL.startswith("https://") else 0

# --- Mail ------------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT["MAIL_FROM"]
EMAIL_TIMEOUT = 15  # seconds for a whole letter: home.mail_server
if ENVIRONMENT["SMTP_HOST"]:
    EMAIL_BACKEND = "home.mail_server.EmailBackend"
    EMAIL_HOST = ENVIRONMENT["SMTP_HOST"]
    EMAIL_PORT = ENVIRONMENT["SMTP_PORT"]
    EMAIL_HOST_USER = ENVIRONMENT["SMTP_USER"]
    EMAIL_HOST_PASSWORD = ENVIRONMENT["SMTP_PASSWORD"]
    EMAIL_USE_TLS = ENVIRONMENT["SMTP_SECURITY"] == "starttls"
    EMAIL_USE_SSL = ENVIRONMENT["SMTP_SECURITY"] == "tls"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "surel"

# --- Worker ----------------------------------------------------------------------------------------------------------
Q_CLUSTER = {
    "name": "pendopo",
    "label": "Pekerja latar",
    "orm": "default",
    "workers": ENVIRONMENT["TASK_WORKERS"],
    # retry > timeout > the longest task: longer jobs run in slices.
    "timeout": 40,
    "retry": 60,
    "max_attempts": 5,
    "ack_failures": False,
    "poll": 1,
    "save_limit": 250,
    "catch_up": False,
    "recycle": 500,
}

# --- Wagtail ---------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Pendopo"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.images.WholeImageForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "ods", "csv", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# PostgreSQL takes a word in its other forms, too: perbaikan, diperbaiki, memperbaiki.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "home.search.backend", "SEARCH_CONFIG": "indonesian"}}
TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT["LOG_LEVEL"]},
    # They would tell of every page that is saved and of every ping of the watchdog.
    "loggers": {name: {"level": "WARNING"} for name in ("django_tasks", "django-q", "wagtail")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
