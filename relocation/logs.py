"""What is written to a log: one line or one JSON object for each record, with nothing in it that opens anything.

The address of a checklist is its key, and Django, gunicorn and tracebacks all name addresses. So what is hidden is
hidden where text leaves the process, in the formatters, and not by whoever writes a message.
"""

import datetime
import json
import logging
import re

HIDDEN = "[hidden]"
# Behind these parts of an address stands a key: of a checklist or a door, an email's link, a code, an invitation.
# The file of a traceback is none.
KEY_IN_PATH = re.compile(
    r"""((?<!/usr)(?:/|%2F)(?:c|mail|share|invitation)(?:/|%2F)+)(?![a-z_/]+\.py")(?:(?!%2F)[^/?#&\s"'<>])+""",
    re.IGNORECASE,
)
# Codes, keys, names that somebody looked for: no value of a query string is needed to find a fault.
QUERY_VALUE = re.compile(r"""([?&;][\w.-]+=)[^&;\s"'<>]+""")
# Whose database or mailbox it is stays readable, not who.
ADDRESS = re.compile(r"[^\s@/<>\"'(){},;]{1,80}@(?=[\w-]+[.\w-]*)")
# What a random key looks like wherever it stands: capitals and small letters in no order that words have.
RANDOM = re.compile(r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*(?:[0-9]|[A-Z]{2}))[A-Za-z0-9_-]{20,}(?![\w-])")


def hide(text: str) -> str:
    """The text without keys, codes, values of query strings and the names in front of an @."""
    text = KEY_IN_PATH.sub(rf"\1{HIDDEN}", text)
    text = QUERY_VALUE.sub(rf"\1{HIDDEN}", text)
    return RANDOM.sub(HIDDEN, ADDRESS.sub(f"{HIDDEN}@", text))


class Line(logging.Formatter):
    """A line for people; a traceback follows on lines of its own."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return hide(super().format(record))


class JsonLine(logging.Formatter):
    """The same as one JSON object on one line: ``time`` (UTC), ``level``, ``logger``, ``process``, ``message``.

    ``status`` is there for an answer to a request, ``exception`` for a traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": hide(record.getMessage()),
        }
        if status := getattr(record, "status_code", None):
            told["status"] = status
        if record.exc_info:
            told["exception"] = hide(self.formatException(record.exc_info))
        return json.dumps(told, ensure_ascii=False)


def logging_config(level: str, form: str) -> dict:
    """Everything to standard error, for ``logging.config.dictConfig``; ``form`` is "line" or "json"."""
    formatter = {"line": Line, "json": JsonLine}[form]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"told": {"()": formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "told"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Without handlers of their own: Django's and gunicorn's would write what is hidden here.
            **{name: {"handlers": [], "level": "INFO", "propagate": True} for name in OWN_HANDLERS},
            # The proxy tells of requests.
            "gunicorn.access": {"handlers": [], "level": "WARNING", "propagate": True},
            # Events, also where what is routine is left out.
            "relocation.security": {"level": "INFO"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "dd": {"level": "WARNING"},
        },
    }


OWN_HANDLERS = ("django", "django.server", "gunicorn.error")
