"""The site with the bare view beside its pages; only benchmarks/requests.py starts it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iomsite.settings")
settings.ROOT_URLCONF = "benchmarks.bare"
if os.environ.get("BENCHMARK_PAGE_CACHE") == "off":
    cache = "iomsite.caching.middleware.PageCacheMiddleware"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != cache]

application = get_wsgi_application()
