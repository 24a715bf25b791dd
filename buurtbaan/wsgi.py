"""The web server's door."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buurtbaan.settings")

application = get_wsgi_application()
import_module("buurtbaan.urls")  # every page, before the first visitor and once for all web processes
