"""All settings. Whatever differs between installations comes from the environment (see docs/deploying.md)."""

import os
import sys
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from relocation.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent


def env_flag(name, default=False):
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def env_list(name):
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


DEBUG = env_flag("DJANGO_DEBUG")
TESTING = "pytest" in sys.modules
PRODUCTION = not (DEBUG or TESTING)

SECRET_KEY = os.environ.get("SECRET_KEY") or ("" if PRODUCTION else "only-for-development-and-tests")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY, or DJANGO_DEBUG=1 on your own machine.")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")

ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
INTERNAL_IPS = ["127.0.0.1"]

ROOT_URLCONF = "relocation.urls"
WSGI_APPLICATION = "relocation.wsgi.application"

INSTALLED_APPS = [
    "guides",
    "checklists",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "django_htmx",
    "django_tasks_db",
    "ninja",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "relocation.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "relocation.middleware.BrowserPolicyMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    # Every form has its CSRF token masked anew, and Django pads what it compresses: lengths tell nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "relocation.middleware.PrivateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "relocation.middleware.ErrorPagesMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "checklists.access.accounts.middleware.SessionEndMiddleware",
    "checklists.access.once_more.SignedOutMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "checklists.access.accounts.middleware.SessionListMiddleware",
    "checklists.access.accounts.middleware.SecondFactorMiddleware",
    "checklists.access.accounts.middleware.FormStatusMiddleware",
    "checklists.access.entrance.EntranceLimitsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guides.previews.middleware.PreviewMiddleware",
]
if PRODUCTION:
    # Its files come compressed, and with the headers of the three above.
    MIDDLEWARE.insert(4, "whitenoise.middleware.WhiteNoiseMiddleware")

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "checklists.client.reader.reader_plan",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "plain"
CRISPY_TEMPLATE_PACK = "plain"


# Data

# Health checks: connections in the pool that died with a restart of PostgreSQL are replaced before they are used.
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}", conn_health_checks=True)}
if os.environ.get("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = dj_database_url.config("DATABASE_REPLICA_URL", conn_health_checks=True)
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
    DATABASE_ROUTERS = ["relocation.routers.ReplicaRouter"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        # IMMEDIATE: a transaction that starts by reading and then writes would otherwise fail at once
        # when another writer got in between, however long the timeout is.
        transaction_mode="IMMEDIATE",
        timeout=20,
        init_command=(
            "PRAGMA foreign_keys = ON;"
            "PRAGMA journal_mode = WAL;"
            "PRAGMA synchronous = NORMAL;"
            "PRAGMA temp_store = MEMORY;"
            "PRAGMA cache_size = -16000"
        ),
    )
    DATABASES["default"]["CONN_MAX_AGE"] = None
    # In memory, the threads of a test server would share one connection and could wait for each other for ever.
    DATABASES["default"]["TEST"] = {"NAME": BASE_DIR / "test.sqlite3"}
else:
    for database in DATABASES.values():
        database.setdefault("OPTIONS", {})["pool"] = {
            "min_size": 1,
            "max_size": int(os.environ.get("DATABASE_POOL_SIZE", "4")),
            "timeout": 10,
        }

# What limits count, and which codes were used, must be the same for all processes of an installation, and is kept in
# the same way everywhere. What is made once and shown again stays in the process: ``checklists/caching.py``.
CACHES = {"default": {"BACKEND": "checklists.access.shared_cache.SharedCache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# A long procedure with all its parts is one form of the admin, with some 800 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000


# Accounts

AUTH_USER_MODEL = "checklists.User"
AUTHENTICATION_BACKENDS = [
    "checklists.access.accounts.backends.NameBackend",
    "checklists.access.accounts.backends.AddressBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "checklists.access.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
# "password1" lets people sign in with a password; nobody gives one when they sign up (see SignUpForm). Without one, a
# code comes by mail with every sign-in.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# In seconds: mail may be slow, and somebody may read it on another device.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# allauth's own limits for each network, address and account; those before them, also for the whole site, are in
# ``checklists/access/entrance.py``. Wrong passwords, and wrong codes of second factors: no account is guessed at more
# than this within a day.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key,50/d/key"}
ACCOUNT_USER_DISPLAY = str
ACCOUNT_FORMS = {
    "login": "checklists.access.accounts.forms.SignInForm",
    "signup": "checklists.access.accounts.forms.SignUpForm",
    "request_login_code": "checklists.access.accounts.forms.CodeForm",
    "confirm_login_code": "checklists.access.accounts.forms.SentCodeForm",
    "confirm_email_verification_code": "checklists.access.accounts.forms.AddressCodeForm",
    "confirm_password_reset_code": "checklists.access.accounts.forms.ResetCodeForm",
    "reset_password": "checklists.access.accounts.forms.ResetForm",
    "reset_password_from_key": "checklists.access.accounts.forms.NewPasswordForm",
    "change_password": "checklists.access.accounts.forms.ChangePasswordForm",
    "set_password": "checklists.access.accounts.forms.SetPasswordForm",
    "add_email": "checklists.access.accounts.forms.AddressForm",
    "reauthenticate": "checklists.access.accounts.forms.PasswordAgainForm",
}
MFA_ADAPTER = "checklists.access.accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "checklists.access.accounts.forms.FactorForm",
    "reauthenticate": "checklists.access.accounts.forms.FactorAgainForm",
    "activate_totp": "checklists.access.accounts.forms.AppForm",
    "add_webauthn": "checklists.access.accounts.forms.PasskeyForm",
    "signup_webauthn": "checklists.access.accounts.forms.FirstPasskeyForm",
    "edit_webauthn": "checklists.access.accounts.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
# A telephone's clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Relocation Checklist"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or TESTING
# The demo accounts of a developer's machine, whose passwords everybody knows.
NO_SECOND_FACTOR = (
    {f"{who}@example.org" for who in ("editor", "publisher", "client", "advisor", "owner")} if DEBUG else set()
)
# The first one makes new hashes. A password that another one made is hashed anew when its owner signs in.
PASSWORD_HASHERS = [
    "checklists.access.accounts.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in (
            "UserAttributeSimilarityValidator",
            "MinimumLengthValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        )
    ),
    {"NAME": "checklists.access.accounts.passwords.KnownWordsValidator"},
]
# In hours: a session ends when it was not used for so long, and so long after its sign-in. The first pair is of staff
# and of firms, who see other people's data, the second of everybody else.
SESSION_HOURS_OF_STAFF, SESSION_HOURS = (12, 14 * 24), (14 * 24, 180 * 24)
# Written anew while it is used.
SESSION_COOKIE_AGE = SESSION_HOURS[0] * 3600


# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = os.environ.get("TIME_ZONE", "UTC")
USE_TZ = True
FORMAT_MODULE_PATH = "relocation.formats"


# Static files

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "staticfiles"))
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_DIRS = [BASE_DIR / "relocation" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}


# Security

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    # Bootstrap's stylesheet draws its checkmarks and arrows from data: URLs.
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
# The address of a checklist is its key: no other site may learn it from a Referer header.
SECURE_REFERRER_POLICY = "same-origin"

CSRF_FAILURE_VIEW = "relocation.views.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Whether a second person has to agree before an edition is published in the admin.
PUBLISH_NEEDS_APPROVAL = env_flag("PUBLISH_NEEDS_APPROVAL")

# Whoever finds a hole writes there: ``mailto:…`` or ``https://…``. Without it there is no security.txt.
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "")
# What a probe from another machine shows to learn more than that the site is alive.
HEALTH_TOKEN = os.environ.get("HEALTH_TOKEN", "")

# What remembers a checklist, the same in a preview, and in whose accounts a browser has signed in before.
CHECKLIST_COOKIE, PREVIEW_CHECKLIST_COOKIE, BROWSER_COOKIE = "checklist", "preview-checklist", "browser"

# Where a request tells the network address that limits count; behind a proxy it is the last one in its header.
CLIENT_ADDRESS = "REMOTE_ADDR"

if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # No sister host can set one of these. The cookie of previews is for their path alone, which __Host- does not allow.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    CHECKLIST_COOKIE, PREVIEW_CHECKLIST_COOKIE = "__Host-checklist", "__Secure-preview-checklist"
    BROWSER_COOKIE = "__Host-browser"
    SECURE_SSL_REDIRECT = env_flag("SECURE_SSL_REDIRECT", default=True)
    # It cannot be taken back in browsers that heard it. So it begins with an hour and this name alone.
    SECURE_HSTS_SECONDS = int(os.environ.get("SECURE_HSTS_SECONDS", 3600))
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env_flag("SECURE_HSTS_INCLUDE_SUBDOMAINS")
    SECURE_HSTS_PRELOAD = env_flag("SECURE_HSTS_PRELOAD")
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    if env_flag("BEHIND_HTTPS_PROXY"):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
        CLIENT_ADDRESS = "HTTP_X_FORWARDED_FOR"


# Background work

# A real installation runs ``manage.py db_worker``; elsewhere the work is done at once.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if PRODUCTION
        else "django.tasks.backends.immediate.ImmediateBackend"
    }
}


# Email

# Mail is written where no request tells the address of the site.
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/") or (
    f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION and ALLOWED_HOSTS else "http://localhost:8000"
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "checklist@localhost")
if PRODUCTION:
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": os.environ.get("EMAIL_HOST", "localhost"),
                "port": int(os.environ.get("EMAIL_PORT", "25")),
                "username": os.environ.get("EMAIL_HOST_USER", ""),
                "password": os.environ.get("EMAIL_HOST_PASSWORD", ""),
                "use_tls": env_flag("EMAIL_USE_TLS"),
                "use_ssl": env_flag("EMAIL_USE_SSL"),
                "timeout": 10,
            },
        }
    }
else:
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}


# Logging

LOGGING = logging_config(os.environ.get("LOG_LEVEL", "INFO"), os.environ.get("LOG_FORMAT", "line"))
