"""How gunicorn serves the site: ``gunicorn --config python:relocation.serving``."""

import ctypes
import gc
import logging
import os

import gunicorn

from .logs import logging_config

# Tell nobody what this is. gunicorn reads the name when it makes its first answer.
gunicorn.SERVER = "web"

wsgi_app = "relocation.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "3"))
# A worker that has done much makes way for a fresh one, each at another time.
max_requests, max_requests_jitter = 5000, 500
# Another process of the same account could steer the server through it.
control_socket_disable = True
logconfig_dict = logging_config(os.environ.get("LOG_LEVEL", "INFO"), os.environ.get("LOG_FORMAT", "line"))


def post_worker_init(worker):
    """What a first visitor would wait for is made before anybody comes, and what only making it took is given back."""
    # Django is not set up before a worker has loaded the site.
    from django.db import Error
    from django.urls import resolve

    # For the same reason.
    from checklists.client.example import example
    from checklists.presenters.guides import subjects
    from guides import clock
    from guides.editions.publishing import current
    from guides.reading import library

    log = logging.getLogger(__name__)
    try:
        resolve("/")
        current().kept(subjects)
        # The first plan reads the public holidays of all countries.
        example(current(), clock.today())
        log.info("Ready: %d entries to search.", len(library().index.entries))
    except Error:
        log.exception("The database does not answer. The first visitor waits for what it holds.")
    gc.collect()
    gc.freeze()
    # The GNU C library keeps what was freed unless it is told to; others have no such function.
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
