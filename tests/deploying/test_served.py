"""The site as docs/deploying.md sets it up: gunicorn with its configuration, behind nginx with its sample."""

import gzip
import os
import re
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.checklists.scratch import manage, run, scratch_database
from tests.deploying.tools import ROOT, SAMPLES, free_port, needed, said

HOST = "moving.example.org"
FILL = """
from tests.checklists.publishing import publish, somebody
from tests.guides.small import small_catalogue
publish(small_catalogue())
print("TOKEN", somebody().token)
"""
# Around the sample, what Debian's nginx.conf has around it.
AROUND = """
pid {folder}/nginx.pid;
error_log {folder}/first-error.log;
worker_processes 1;
events {{}}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    default_type application/octet-stream;
    {sample}
}}
"""


class Site:
    """The addresses of gunicorn and of nginx in front of it, and a folder with what both write."""

    def __init__(self, folder, env):
        self.folder, self.token = folder, ""
        self.port, self.http, self.https = free_port(), free_port(), free_port()
        self.env = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": env["DATABASE_URL"],
            "SECRET_KEY": "s" * 60,
            "ALLOWED_HOSTS": HOST,
            "BEHIND_HTTPS_PROXY": "1",
            "STATIC_ROOT": str(folder / "static"),
            "BIND": f"127.0.0.1:{self.port}",
            "WEB_WORKERS": "1",
            "LOG_FORMAT": "json",
        }

    def get(self, path, *, port=None, scheme="https", host=HOST, **headers):
        """Status, headers and body; nothing is followed."""
        request = urllib.request.Request(f"{scheme}://127.0.0.1:{port or self.https}{path}", **headers)
        request.add_header("Host", host)
        request.add_header("Accept-Encoding", "gzip")
        trusting = ssl._create_unverified_context()
        opener = urllib.request.build_opener(NothingFollowed, urllib.request.HTTPSHandler(context=trusting))
        try:
            answer = opener.open(request, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.headers, answer.read()

    def probe(self, path, **more):
        return self.get(path, port=self.port, scheme="http", **more)

    def written(self):
        return "\n".join(file.read_text(errors="replace") for file in self.folder.glob("*.log"))


class NothingFollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def start(site, command, log):
    """A process that is ended at the end, with its output in a file."""
    with (site.folder / log).open("wb") as output:
        return subprocess.Popen(command, cwd=ROOT, env=site.env, stdout=output, stderr=output)


def nginx_of(site):
    """The sample with this machine's ports, folder and a certificate that was made for it."""
    certificate, key = site.folder / "cert.pem", site.folder / "key.pem"
    said(
        *(needed("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"),
        *("-keyout", str(key), "-out", str(certificate)),
    )
    sample = (SAMPLES / "nginx.conf").read_text()
    for old, new in (
        ("/etc/ssl/moving.example.org.pem", str(certificate)),
        ("/etc/ssl/moving.example.org.key", str(key)),
        ("/var/log/nginx/", f"{site.folder}/"),
        ("listen 80;", f"listen 127.0.0.1:{site.http};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{site.https} ssl"),
        ("http://127.0.0.1:8000", f"http://127.0.0.1:{site.port}"),
    ):
        assert old in sample
        sample = sample.replace(old, new)
    config = site.folder / "nginx.conf"
    config.write_text(AROUND.format(folder=site.folder, sample=sample))
    return [needed("nginx"), "-c", str(config), "-p", str(site.folder), "-e", str(site.folder / "first-error.log")]


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    with django_db_blocker.unblock(), scratch_database("served", folder) as env:
        site = Site(folder, env)
        manage(site.env, "migrate", "--verbosity", "0")
        manage(site.env, "collectstatic", "--no-input", "--verbosity", "0")
        site.token = re.search(r"TOKEN (\S+)", run(env, FILL))[1]
        nginx = nginx_of(site)
        said(*nginx, "-t")
        processes = [
            start(site, [sys.executable, "-m", "gunicorn", "--config", "python:relocation.serving"], "gunicorn.log"),
            start(site, [*nginx, "-g", "daemon off;"], "nginx.log"),
        ]
        try:
            wait_for(site)
            yield site
        finally:
            for process in processes:
                process.send_signal(signal.SIGTERM)
                process.wait(30)


def wait_for(site):
    for _try in range(100):
        try:
            if site.get("/health/")[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"Nothing answers.\n{site.written()}")


pytestmark = pytest.mark.database


def test_pages_come_by_https_compressed_and_named_by_nobody(site):
    status, headers, body = site.get("/")
    assert status == 200
    assert headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(body)
    assert headers["Server"] == "nginx"
    assert headers["Strict-Transport-Security"] == "max-age=3600"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_files_come_compressed_and_may_be_kept(site):
    page = gzip.decompress(site.get("/")[2]).decode()
    style = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
    status, headers, _body = site.get(style)
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in headers["Cache-Control"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_http_leads_to_https(site):
    status, headers, _body = site.get("/guides/?q=x", port=site.http, scheme="http")
    assert (status, headers["Location"]) == (301, f"https://{HOST}/guides/?q=x")


def test_a_checklist_is_kept_nowhere(site):
    status, headers, _body = site.get(f"/c/{site.token}/")
    assert status == 200
    assert headers["Cache-Control"] == "private, no-store"


def test_a_body_that_is_too_large_stops_at_the_proxy(site):
    assert site.get("/start/", method="POST", data=b"x" * 7_000_000)[0] == 413


def test_probes_reach_the_process_without_name_and_https(site):
    status, headers, body = site.probe("/health/", host="10.0.0.7:8000")
    assert (status, body) == (200, b"ok\n")
    assert headers["Server"] == "web"
    assert site.probe("/health/ready/", host="127.0.0.1")[0] == 200
    assert site.probe("/", host="127.0.0.1")[0] == 400


def test_nobody_outside_is_told_more_than_that_it_is_alive(site):
    assert site.get("/health/")[0] == 200
    for path in ("/health/ready/", "/health/work/", "/health/metrics/"):
        assert site.get(path)[0] == 403


def test_no_log_holds_a_key(site):
    """Mistakes of every kind, and an answer that gunicorn itself refuses."""
    for path in (f"/c/{site.token}/nothing/", f"/c/{site.token}).", f"/mail/{site.token}/stop/?k={site.token}"):
        assert site.get(path)[0] in (200, 301, 302, 404)
    assert site.get(f"/c/{site.token}/mail/", method="POST", data=b"email=x")[0] == 403
    assert site.get(f"/c/{site.token}/", method="DELETE")[0] in (403, 405)
    assert site.probe(f"/c/{site.token}/" + "x" * 9000)[0] in (400, 414)
    found = site.written()
    assert '"status": 404' in found
    assert "GET /c/" not in found, "requests are told by the proxy, without addresses"
    assert "POST 403" in found
    assert site.token not in found
