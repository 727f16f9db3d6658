"""The application as a WSGI server finds it."""

import os

from django.core.wsgi import get_wsgi_application

from rantau.config import settings
from rantau.config.generated import require

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rantau.config.settings")
require(RANTAU_SECRET_KEY=settings.SECRET_KEY, RANTAU_MASTER_KEY=settings.MASTER_KEY)
application = get_wsgi_application()
