"""Every setting, read from the environment once and checked loudly. No secrets stand here.

ALONGSIDE_MODE is `demonstration` (the default), `test` or `production`; `alongside.ops.checks`
refuses to start production with anything that only a demonstration may have.
"""

import os
from urllib.parse import unquote, urlsplit

from alongside.mode import (  # noqa: F401
    HERE,
    IS_DEMONSTRATION,
    IS_MEASURED,
    IS_PRODUCTION,
    MODE,
    PUBLIC_URL,
    VAR,
)
from alongside.web.door.settings import *  # Sign-in, second factors, lock-out, e-mail.
from alongside.web.logs import LOGGING  # noqa: F401


def database(url: str) -> dict[str, object]:
    """Django's form of a postgresql:// address. A unix socket stands in the query: ?host=/path."""
    parts = urlsplit(url)
    query = dict(item.split("=", 1) for item in parts.query.split("&") if "=" in item)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", "") or parts.hostname or ""),
        "PORT": str(query.pop("port", "") or parts.port or ""),
        "CONN_HEALTH_CHECKS": True,  # A database that came back is used at the very next request.
        "OPTIONS": {key: unquote(value) for key, value in query.items()},
    }


# The web role: owns no table, is no superuser, and sees nothing until an actor is set.
WEB_URL = os.environ.get("ALONGSIDE_WEB_DATABASE_URL") or os.environ.get(
    "DATABASE_URL", "postgresql:///alongside"
)
# The owner of the tables: migrations, backups and figures for the operator; never a web request.
OWNER_URL = os.environ.get("ALONGSIDE_OWNER_DATABASE_URL") or os.environ.get(
    "DATABASE_OWNER_URL", ""
)

DATABASES = {"default": database(WEB_URL)}
# Statements are planned once a connection and not each time: half the time the database takes.
DATABASES["default"]["OPTIONS"] |= {  # type: ignore[operator]
    "server_side_binding": True,
    "prepare_threshold": 2,
    "options": "-c plan_cache_mode=force_generic_plan",  # See alongside/core/planning.py.
}
if MODE != "test":
    DATABASES["default"]["OPTIONS"] |= {"pool": {"min_size": 2, "max_size": 12, "timeout": 15}}  # type: ignore[operator]
if OWNER_URL:
    DATABASES["owner"] = database(OWNER_URL)

SECRET_KEY = os.environ.get("ALONGSIDE_SECRET_KEY", "" if IS_PRODUCTION else "demonstration-only")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ALONGSIDE_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "alongside.core",
    "alongside.schools",
    "alongside.people",
    "alongside.pathways",
    "alongside.assessments",
    "alongside.cases",
    "alongside.referrals",
    "alongside.plans",
    "alongside.fieldwork",
    "alongside.incidents",
    "alongside.workforce",
    "alongside.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "alongside.web.clean.CleanTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.web.idle.IdleMiddleware",
    "alongside.web.door.second_factor.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]
if IS_MEASURED:
    MIDDLEWARE.insert(0, "alongside.web.measuring.QueryCountMiddleware")

ROOT_URLCONF = "alongside.web.urls"
WSGI_APPLICATION = "alongside.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "alongside.web.frame.frame",
            ],
            "builtins": ["alongside.web.templatetags.alongside"],
        },
    }
]
FORM_RENDERER = "alongside.web.forms.Renderer"

AUTH_USER_MODEL = "core.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "alongside.web.door.backend.AccountBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in/"
CSRF_FAILURE_VIEW = "alongside.web.errors.stale_form"
LOGIN_REDIRECT_URL = "/"

# Only limits on guessing are kept in it: in a process's own memory each process would count alone.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
SESSION_ENGINE = "alongside.web.door.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
IDLE_SECONDS = int(os.environ.get("ALONGSIDE_IDLE_MINUTES", "20")) * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "web" / "static"]
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
