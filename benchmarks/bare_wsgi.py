"""The site with the bare view beside its pages; only benchmarks/requests.py starts it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iomsite.settings")
settings.ROOT_URLCONF = "benchmarks.bare"

application = get_wsgi_application()
