"""A browser behind the proxy that speaks HTTPS: cookies, forms, and what each answer cost."""

import html
import http.client
import re
import time
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode

SITE = "localhost"
TIMEOUT = 60
CONNECTION_LOST = 0


class Answer(NamedTuple):
    """``status`` is 0 where no answer came. ``ms``: wall time; ``cpu``: processor time of the worker, in ms too."""

    status: int
    text: str = ""
    location: str = ""
    ms: float = 0
    cpu: float = 0

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no field {name}"
        return html.unescape(found[1])


class Browser:
    def __init__(self, port: int, network: str, cookies: dict[str, str] | None = None):
        self.port, self.network, self.cookies = port, network, dict(cookies or {})

    def get(self, path: str) -> Answer:
        return self._send("GET", path)

    def post(self, page: Answer, path: str, fields: dict[str, str]) -> Answer:
        """Send a form that stands on this page."""
        fields = {"csrfmiddlewaretoken": page.hidden("csrfmiddlewaretoken"), **fields}
        return self._send("POST", path, urlencode(fields), "application/x-www-form-urlencoded")

    def post_json(self, path: str, body: str) -> Answer:
        return self._send("POST", path, body, "application/json")

    def _send(self, method: str, path: str, body: str | None = None, media_type: str = "") -> Answer:
        headers = {
            "Host": SITE,
            "Origin": f"https://{SITE}",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.network,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if media_type:
            headers["Content-Type"] = media_type
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        began = time.perf_counter()
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            return Answer(CONNECTION_LOST, repr(error), ms=(time.perf_counter() - began) * 1000)
        finally:
            connection.close()
        spent = (time.perf_counter() - began) * 1000
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        cpu = (response.headers.get("Server-Timing") or "cpu;dur=0").rpartition("=")[2]
        return Answer(response.status, text, response.headers.get("Location") or "", spent, float(cpu))
