"""The site as gunicorn serves it, with the processor time of each answer in a header."""

import time

from relocation.wsgi import application as site


def application(environ, start_response):
    """A sync worker does one thing at a time, so the time of the process is that of the request."""
    began = time.process_time()

    def start(status, headers, *rest):
        spent = (time.process_time() - began) * 1000
        return start_response(status, [*headers, ("Server-Timing", f"cpu;dur={spent:.2f}")], *rest)

    return site(environ, start)
