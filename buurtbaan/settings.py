"""One settings file; what differs between machines comes from the environment (docs/operations.md lists it)."""

import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from buurtbaan import local

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PRODUCTION = env.str("BUURTBAAN_ENV", "local") == "production"
TESTING = "pytest" in sys.modules
DEBUG = env.bool("DEBUG", False)
VAR_DIR = env.path("BUURTBAAN_VAR", str(BASE_DIR / "var"))()


def _secret_key() -> str:
    """From the environment or a file it names; on one machine, made once and kept in var/."""
    if key := env.str("SECRET_KEY", "") or _read(env.str("SECRET_KEY_FILE", "")):
        return key
    if PRODUCTION:
        raise environ.ImproperlyConfigured("Set SECRET_KEY or SECRET_KEY_FILE.")
    path = Path(VAR_DIR) / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _read(name: str) -> str:
    return Path(name).read_text().strip() if name else ""


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_ADDRESS = env.str("SITE_ADDRESS", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "buurtbaan.ui",
    "buurtbaan.bureaus",
    "buurtbaan.audit",
    "buurtbaan.drafts",
    "buurtbaan.vocabulary",
    "buurtbaan.rules",
    "candidates",
    "employers",
    "matching",
    "impact",
    "buurtbaan.bureaus.admin_config.PlatformAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "anymail",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "buurtbaan.middleware.ScopeMiddleware",
]

ROOT_URLCONF = "buurtbaan.urls"
WSGI_APPLICATION = "buurtbaan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "buurtbaan.ui.context.navigation",
            ],
        },
    },
]
FORM_RENDERER = "buurtbaan.ui.renderer.Renderer"
INSTALLED_APPS.append("django.forms")
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# The database. The application works under a role that row-level security binds; only what changes the
# tables themselves connects as their owner.
OWNER_COMMANDS = {
    "migrate",
    "prepare",
    "sqlmigrate",
    "showmigrations",
    "flush",
    "dumpdata",
    "loaddata",
    "dbshell",
    "backup",
    "restore",
    "bench",
    "import_postcodes",
}
AS_OWNER = TESTING or env.bool("BUURTBAAN_AS_OWNER", False) or bool(OWNER_COMMANDS & set(sys.argv[1:2]))


def _database() -> dict[str, Any]:
    if "DATABASE_URL" not in env.ENVIRON:
        return local.database_settings(owner=AS_OWNER)
    name = "DATABASE_OWNER_URL" if AS_OWNER and "DATABASE_OWNER_URL" in env.ENVIRON else "DATABASE_URL"
    found = dict(env.db_url(name, engine="django.db.backends.postgresql"))
    return {**found, "HOST": unquote(str(found.get("HOST", "")))}  # a socket's folder is written %2Frun%2F…


DATABASES = {"default": _database()}
DATABASES["default"].setdefault("OPTIONS", {})
APP_ROLE_OPTIONS = "-c role=buurtbaan_app -c search_path=public"
if not AS_OWNER:
    DATABASES["default"]["OPTIONS"]["options"] = APP_ROLE_OPTIONS
if env.bool("BUURTBAAN_DB_POOL", False):
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": env.int("BUURTBAAN_DB_POOL_MAX", 8)}
elif not TESTING:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "") or local.redis_url()
CACHES: dict[str, dict[str, Any]] = {
    # Counters that all web processes share, such as sign-in attempts; in PostgreSQL, so that they outlive Redis.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entry"},
    # How often a key asked in this minute: many and short-lived, so in Redis; with Redis away the first one counts
    "throttle": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": local.redis_py_url(REDIS_URL),
        "KEY_PREFIX": "throttle",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    },
}
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", 120)

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_POOL = "prefork"
CELERY_WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", local.cores())
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kilobytes: a child that grew so far makes room after its task
WORKER_MEMORY_MB = env.int(
    "WORKER_MEMORY_MB", 1024
)  # what a child may ask for at most; more is refused at once
CELERY_TASK_TIME_LIMIT = 900
CELERY_TASK_SOFT_TIME_LIMIT = 840
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_max": 0.1,
}  # with the queue away a page goes on at once: what has to be done stands in the database
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = "Europe/Amsterdam"
# How long a report's worker may be silent before another one takes the report over; it speaks three times as often
REPORT_LEASE_SECONDS = env.int("REPORT_LEASE_SECONDS", 120)

# Signing in
AUTH_USER_MODEL = "bureaus.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "buurtbaan.bureaus.adapter.AccountAdapter"
MFA_ADAPTER = "buurtbaan.bureaus.adapter.MFAAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Buurtbaan"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", PRODUCTION)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "buurtbaan"
SESSION_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "buurtbaan.bureaus.views.csrf_failure"

# Security headers
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
if env.bool("BEHIND_PROXY", False):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # who tries too often is known by the address that the proxy saw
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Language, place and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "taal"
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Where an employer's address lies, asked of the national address service (PDOK Locatieserver, its `free` address);
# empty: nobody is asked
ADDRESS_SERVICE_URL = env.str("ADDRESS_SERVICE_URL", "")

# Files
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", str(BASE_DIR / "staticfiles"))()
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", str(Path(VAR_DIR) / "files"))()
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_AUTOREFRESH = TESTING or DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # pages ask for no other name; half as much to press

# The seal on reports: a key and its certificates as PEM, from the environment or from files that it names.
# Without them the installation makes its own key, once, in SEAL_FOLDER; keep a copy of that apart from the backups.
SEAL_KEY = env.str("BUURTBAAN_SEAL_KEY", "")
SEAL_KEY_FILE = env.str("BUURTBAAN_SEAL_KEY_FILE", "")
SEAL_CERTIFICATE = env.str("BUURTBAAN_SEAL_CERTIFICATE", "")
SEAL_CERTIFICATE_FILE = env.str("BUURTBAAN_SEAL_CERTIFICATE_FILE", "")
SEAL_PASSWORD = env.str("BUURTBAAN_SEAL_PASSWORD", "")
SEAL_FOLDER = env.str("BUURTBAAN_SEAL_FOLDER", str(Path(VAR_DIR) / "seal"))

# Forgetting somebody: what apps keep elsewhere than in rows of the person, and where the ledger also lies
ERASURE_STEPS = ["impact.remainder.keep", "impact.services.stories.forget", "matching.forgetting.forget"]
ERASURE_LEDGER = env.str("ERASURE_LEDGER", str(Path(VAR_DIR) / "erasures.jsonl"))

# Telling somebody by e-mail that something about them changed: how that is sent or held
TELL_CANDIDATE = "matching.services.messages.tell_person"

# E-mail: on disk unless a provider is configured
EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH", str(Path(VAR_DIR) / "mail"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Buurtbaan <bericht@buurtbaan.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
ANYMAIL = env.dict("ANYMAIL", default={})
# The provider that reports what did not arrive (needs WEBHOOK_SECRET in ANYMAIL); empty is off
MAIL_TRACKING = env.str("MAIL_TRACKING", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "buurtbaan": {"level": "INFO"},
        "django.request": {"level": "ERROR"},  # a page that is refused or not there is no fault of ours
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
