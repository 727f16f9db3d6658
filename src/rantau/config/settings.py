"""Everything that configuration can change, read from the environment once; the one place that reads it."""

import logging
import os
import re
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from . import channels, generated

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("RANTAU_VAR", ROOT / "var"))

MODE = os.environ.get("RANTAU_MODE", "production")
if MODE not in ("production", "demo", "rehearsal", "test"):
    raise ImproperlyConfigured(f"RANTAU_MODE is {MODE!r}; it may be production, demo, rehearsal or test")
DEMO = MODE == "demo"
DEBUG = False

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
if DEMO and HOST not in ("127.0.0.1", "localhost", "::1"):
    raise ImproperlyConfigured(
        f"demo mode shows made-up people to anybody: HOST must be a loopback address, not {HOST}"
    )

PUBLISHER = os.environ.get("PUBLISHER", "")
"""The authority that publishes this site; while empty every page says that it is no official site."""

SOURCE_CODE = os.environ.get("SOURCE_CODE", "")
"""The address of the source that runs here: AGPL-3.0 section 13 gives every visitor a right to it."""

SECRET_KEY = generated.secret("RANTAU_SECRET_KEY", VAR, keep=MODE == "demo", mode=MODE)
MASTER_KEY = generated.secret("RANTAU_MASTER_KEY", VAR, keep=MODE == "demo", mode=MODE)
"""Wraps every person's data key; lost means that all sealed data is lost. Back it up apart from the database."""

SIGNING_KEY = "" if MODE == "rehearsal" else generated.secret("RANTAU_SIGNING_KEY", VAR, keep=DEMO, mode=MODE)
"""Signs published results (Ed25519); where there is none nothing is signed. A played programme bears nobody's signature."""
if SIGNING_KEY and not re.fullmatch("[0-9a-f]{64}", SIGNING_KEY):
    raise ImproperlyConfigured("RANTAU_SIGNING_KEY is no signing key: 32 bytes in lower-case hexadecimal")

PAPER_SEAL_PASSPHRASE = os.environ.get("RANTAU_PAPER_SEAL_PASSPHRASE", "")
PAPER_SEAL = generated.paper_seal("RANTAU_PAPER_SEAL", VAR, passphrase=PAPER_SEAL_PASSPHRASE, mode=MODE)
"""The file that seals printed documents (PKCS#12), or None: then they are printed without. A played programme seals nothing."""

ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1 localhost [::1]").split()
CSRF_TRUSTED_ORIGINS = os.environ.get("CSRF_TRUSTED_ORIGINS", "").split()

# --- the database: SQLite needs nothing, PostgreSQL is a DATABASE_URL -------------------------------------------------
DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'rantau.sqlite3'}"
DATABASES: dict[str, dict[str, Any]] = {"default": dict(dj_database_url.parse(DATABASE_URL))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    _synchronous = "FULL" if MODE == "production" else "OFF" if MODE in ("rehearsal", "test") else "NORMAL"
    DATABASES["default"] |= {
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # the default mode lost 192 of 400 concurrent appends
            "timeout": 20,
            "init_command": f"PRAGMA journal_mode=WAL;PRAGMA synchronous={_synchronous};PRAGMA foreign_keys=ON;",
        },
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    if MODE != "test":
        DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "rantau.ledger",
    "rantau.people",
    "rantau.programmes",
    "rantau.agreements",
    "rantau.coordination",
    "rantau.documents",
    "rantau.applications",
    "rantau.selection",
    "rantau.allocation",
    "rantau.departure",
    "rantau.outbox",
    "rantau.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rantau.web.middleware.Clock",
    "rantau.web.people.devices.Borrowed",
    "rantau.web.middleware.Refusals",
]
ROOT_URLCONF = "rantau.config.urls"
WSGI_APPLICATION = "rantau.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(PACKAGE.glob("web/*/templates")),
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rantau.web.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "rantau.web.templatetags.ui"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]

# --- people ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["rantau.people.backends.HandleBackend"]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODE == "test"
    else ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
ACCOUNT_ADAPTER = "rantau.web.people.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "rantau.web.people.forms.LoginForm",
    "signup": "rantau.web.people.forms.SignupForm",
    "change_password": "rantau.web.people.forms.ChangePasswordForm",
    "set_password": "rantau.web.people.forms.SetPasswordForm",
}
# The account library sees one login per person, already in its one form; whether it is a phone, an address or a code,
# and who of several it means, is decided in `people`. It keeps no contacts of its own and sends nothing.
ACCOUNT_USER_MODEL_USERNAME_FIELD = "ref"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_left"
# A wrong password counts against the login that was typed; an address is a whole school and has room for one.
ACCOUNT_RATE_LIMITS = {"login_failed": "8/15m/key,200/15m/ip", "login": "300/m/ip", "signup": "120/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "1" if MODE == "production" else "0"))
"""How many proxies of ours stand before this server: the reader's address is that far from the end of X-Forwarded-For."""
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MODE == "production"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
if MODE == "test":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- languages: Indonesian without prefix, English and Russian behind theirs; nothing guessed from headers ------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = sorted(PACKAGE.glob("*/locale")) + sorted(PACKAGE.glob("web/*/locale"))
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# --- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "ui" / "static"]
STORAGES = {
    "default": (
        {"BACKEND": "django.core.files.storage.InMemoryStorage"}
        if MODE == "test"
        else {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR / "files"}}
    ),
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if MODE == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = MODE == "test"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
CLAMAV = os.environ.get("CLAMAV", "")
"""Where a ClamAV daemon listens: `unix:/run/clamav/clamd.ctl` or `tcp://host:3310`; empty: documents stay unscanned."""
if CLAMAV and not re.fullmatch(r"unix:(//)?/\S+|tcp://[^\s/:]+(:\d+)?", CLAMAV):
    raise ImproperlyConfigured(f"CLAMAV is {CLAMAV!r}; it may be unix:/path or tcp://host:port")

# --- jobs and messages -------------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
RANTAU_HANDLERS = "rantau.outbox.handlers.HANDLERS"
EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
MESSAGES_DIR = Path(os.environ["MESSAGES_DIR"]) if os.environ.get("MESSAGES_DIR") else None
"""A folder for messages where no gateway is set up; without one they are written on the terminal."""
CHANNELS = channels.read(os.environ, mode=MODE)
"""By which way each channel is reached: empty (closed), `django` (e-mail by Django's words), `console`, `files`, or an address
of Apprise in which `{to}` stands for whom it goes to. They hold passwords: nothing prints them."""
QUIET_HOURS = channels.hours(os.environ.get("QUIET_HOURS", "0-0" if MODE == "test" else "21-7"))
"""From which hour in the evening until which in the morning a person is sent nothing that can wait, by their own clock."""
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Rantau <rantau@localhost>")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 20
SITE = os.environ.get("SITE", f"http://{HOST}:{PORT}").rstrip("/")
"""Where this site is reached, as messages write it: `https://` and a host, no path."""

# --- what browsers may do ----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if MODE == "production":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "rantau.web.logs.Secrets"}},
    "loggers": {
        "django.request": {"filters": ["secrets"]},
        "django.security.csrf": {"filters": ["secrets"]},
        # What a gateway's library says names numbers, mailboxes and addresses with passwords: nobody hears it.
        **{name: {"level": logging.CRITICAL + 1} for name in ("apprise", "urllib3", "requests")},
    },
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
