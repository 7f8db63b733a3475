"""The one settings file. Everything that differs between machines is read from the environment by ``config.env``."""

from pathlib import Path
from urllib.parse import quote

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF

from config import env
from config.celery import app as celery_app  # noqa: F401 - so that every @shared_task uses it
from config.logs import logging_settings

django_stubs_ext.monkeypatch()  # so that Field[str, str] and the like may be written

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = env.flag("BATON_TESTING", False)  # set by tests/plugin.py alone
STARTED_BY = "Start with script/server or script/manage, which set it; in production set it yourself (docs/operations.md)."

# --- Where this installation is, and where its data lies -------------------------------------------------------------

BATON_VAR = env.path("BATON_VAR", BASE_DIR / "var")
BATON_BIND = env.text("BATON_BIND", "127.0.0.1")
PORT = env.whole("PORT", 8000, least=1, most=65535)
BATON_DEMO = env.flag("BATON_DEMO", False)
_url = env.url("BATON_URL", f"http://127.0.0.1:{PORT}", schemes=("http", "https"))
BATON_URL = _url.geturl().rstrip("/")  # the base of every link in an e-mail
SECURE = _url.scheme == "https"

SECRET_KEY = env.text("SECRET_KEY", hint=STARTED_BY)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
DEBUG = False
ALLOWED_HOSTS = [_url.hostname or "", *env.words("BATON_HOSTS"), "localhost", "127.0.0.1", "[::1]"]

# --- What it is made of ----------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "common",
    "audit",
    "accounts",
    "handover",
    "reviews",
    "demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "config.requests.RequestMiddleware",
    "config.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "common.middleware.NoStore",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SessionLimits",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SignInRequired",
    "accounts.middleware.CurrentTeam",
    "common.middleware.Refusals",
]
CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "handover.board.context.navigation",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Data --------------------------------------------------------------------------------------------------------------

_database = env.url("DATABASE_URL", schemes=("postgres", "postgresql"), hint=STARTED_BY).geturl()
_pooled = env.flag("DATABASE_POOLED", False)  # PgBouncer in transaction mode: its own time-outs, no server-side cursors
_session = {
    "statement_timeout": env.whole("DATABASE_STATEMENT_TIMEOUT_MS", 30_000),
    "lock_timeout": env.whole("DATABASE_LOCK_TIMEOUT_MS", 5_000),
    "idle_in_transaction_session_timeout": env.whole("DATABASE_IDLE_TIMEOUT_MS", 60_000),
    "join_collapse_limit": 4,  # the ORM joins in a good order: trying out every other one costs more than the query itself
}
DATABASES = {"default": dict(dj_database_url.parse(_database, conn_max_age=0 if _pooled else 60, conn_health_checks=True))}
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = _pooled
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 5,
    "application_name": "baton",
    **({} if _pooled else {"options": " ".join(f"-c {name}={value}" for name, value in _session.items())}),
    **DATABASES["default"].get("OPTIONS", {}),
}

REDIS_DB = env.whole("REDIS_DB", 0, most=14)  # the broker's; the cache takes the next one
_redis = env.url("REDIS_URL", schemes=("redis", "rediss", "unix"), hint=STARTED_BY)
if _redis.scheme == "unix":  # Celery spells a socket differently from redis-py and Django
    BROKER_URL = f"redis+socket://{_redis.path}?virtual_host={REDIS_DB}"
    CACHE_URL = f"unix://{_redis.path}?db={REDIS_DB + 1}"
else:
    BROKER_URL = _redis._replace(path=f"/{REDIS_DB}").geturl()
    CACHE_URL = _redis._replace(path=f"/{REDIS_DB + 1}").geturl()
_quick = {"socket_timeout": 1, "socket_connect_timeout": 0.5}
CACHES = {"default": {"BACKEND": "config.cache.PatientCache", "LOCATION": CACHE_URL, "KEY_PREFIX": "baton", "OPTIONS": _quick}}

MEDIA_ROOT = BATON_VAR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- People ------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # addresses are unique, without regard to case, by a constraint
AUTHENTICATION_BACKENDS = ["accounts.backends.PeopleBackend"]
PASSWORD_HASHERS = [
    *(["django.contrib.auth.hashers.MD5PasswordHasher"] if TESTING else []),  # a slow hash is of no use to a test
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email", "display_name"]}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
CSRF_FAILURE_VIEW = "common.views.csrf_failure"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come by invitation, which proves the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end, this one goes on
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/signed-out/"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a person has one address, in their own row
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _url.scheme
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "30/m/ip,5/5m/key"}  # a whole contact centre signs in behind one address
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole("TRUSTED_PROXIES", 0)  # how many of ours stand before us: whose X-Forwarded-For sign-in limits believe
USERSESSIONS_TRACK_ACTIVITY = False  # accounts.middleware.SessionLimits does, once a minute
SESSION_IDLE_SECONDS = env.whole("SESSION_IDLE_MINUTES", 30, least=1, most=720) * 60

# --- Pages and their safety --------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BATON_VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
_static = "django.contrib.staticfiles.storage.StaticFilesStorage" if TESTING else "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}, "staticfiles": {"BACKEND": _static}}
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = TESTING

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
_prefix = "__Host-" if SECURE else ""
SESSION_COOKIE_NAME = f"{_prefix}sessionid"
CSRF_COOKIE_NAME = f"{_prefix}csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 12 * 60 * 60  # in all: one long shift
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [f"{_url.scheme}://{_url.netloc}"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = SECURE  # config.wsgi counts every request behind an https address as secure: the proxy ended TLS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- Language and time -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"  # stored and compared in UTC; people see the zone of their team

# --- The REST API ------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.TokenAuthentication", "rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated", "accounts.authentication.HasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["common.throttling.AnonymousThrottle", "common.throttling.PrincipalThrottle"],
    "DEFAULT_PARSER_CLASSES": ["common.api.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["common.api.FastJSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "common.api.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "common.schema.DoorSchema",
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "common.api.exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Baton",
    "DESCRIPTION": "Shift handover for customer-service teams: the same doors as the pages.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_PATCH": False,  # what is taken and what is answered are different serializers
    "ENFORCE_NON_BLANK_FIELDS": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "GET_LIB_DOC_EXCLUDES": "common.schema.not_ours",
    "ENUM_NAME_OVERRIDES": {
        "ActionState": "handover.actions.states.State",
        "ItemState": "handover.handovers.states.State",
        "CheckState": "handover.checks.states.State",
        "Outcome": "handover.checks.states.Outcome",
        "Urgency": "handover.due.limits.Urgency",
        "TeamKind": "accounts.models.Team.Kind",
        "UserKind": "accounts.models.Kind",
        "NotificationKind": "handover.notifications.models.Kind",
        "PolicyKind": "handover.policies.models.Kind",
        "Need": "handover.agreements.models.Need",
        "AgreementState": "handover.agreements.states.State",
        "NextStep": "handover.followups.models.Decision",
        "NowWhat": "handover.moves.carried.NowWhat",
        "ImprovementState": "reviews.improvements.states.State",
        "ImprovementSays": "reviews.improvements.models.Says",
        "Saw": "reviews.observing.models.Saw",
        "SuggestionDecision": "reviews.suggestions.models.Decision",
    },
}

# --- E-mail ------------------------------------------------------------------------------------------------------------

_mail = env.url("EMAIL_URL", f"file://{quote(str(BATON_VAR / 'mail'))}", schemes=("smtp", "smtps", "file", "console"))
EMAIL_BACKEND = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "smtps": "django.core.mail.backends.smtp.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
}[_mail.scheme]
globals().update(env.mail_settings(_mail))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", f"Baton <baton@{_url.hostname}>")
EMAIL_TIMEOUT = 10

# --- Background work ---------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_DEFAULT_QUEUE = "bell"
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20.0
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300, "unacked_restore_limit": None, "socket_timeout": 10, "retry_on_timeout": True}
CELERY_TIMEZONE = "UTC"

LOGGING = logging_settings(level=env.text("LOG_LEVEL", "INFO"), as_json=env.flag("LOG_JSON", False), requests=env.flag("LOG_REQUESTS", False))
