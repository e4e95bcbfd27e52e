"""What docs/security.md promises: headers as installed, passwords, sessions; and that it names tests that exist."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from guides.catalogue.problems import CatalogueError
from guides.sheets import read_xlsx, unfolded, xlsx_bytes
from tests.people import somebody as person

ROOT = Path(settings.BASE_DIR)
PAGE = ROOT / "docs" / "security.md"
HALF_A_YEAR = 15_768_000
INSTALLED, WITH_A_YEAR = {}, {"SECURE_HSTS_SECONDS": "31536000"}


@pytest.fixture(scope="module")
def production():
    """Reads the settings of a real installation that differ from those of the tests, for an environment."""
    program = """
import json, sys
from relocation import settings
starts = ("MIDDLEWARE", "SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "X_FRAME")
told = {name: getattr(settings, name) for name in dir(settings) if name.startswith(starts) or name.endswith("_COOKIE")}
del told["SECURE_CSP"]
json.dump(told, sys.stdout)
"""

    def production(environment):
        known = {"PATH": os.environ["PATH"], "SECRET_KEY": "s" * 60, "ALLOWED_HOSTS": "moving.example.org"}
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, cwd=ROOT, env=known | environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return production


@pytest.fixture
def installed(production, settings, tmp_path):
    """Makes the site answer as an installation with this environment does, with one static file."""

    def installed(environment):
        (tmp_path / "site.css").write_text("body { margin: 0 }", encoding="utf-8")
        settings.STATIC_ROOT = tmp_path
        settings.WHITENOISE_ALLOW_ALL_ORIGINS = False
        for name, value in production(environment).items():
            setattr(settings, name, value)
        return Client()

    return installed


def opened(kind, client, firm):
    """The answer of one kind of page over https."""
    if kind == "home":
        return client.get("/", secure=True)
    if kind == "API":
        return client.post("/api/plan", {"destination": "es"}, content_type="application/json", secure=True)
    if kind == "checklist":
        client.post("/start/", {"destination": "es"}, secure=True)
        return client.get("/my-checklist/", secure=True, follow=True)
    who = {"account": firm.advisor, "firm": firm.owner}.get(kind)
    client.force_login(who or person("superuser@example.org", is_staff=True, is_superuser=True))
    address = {"account": reverse("account"), "firm": f"/firms/{firm.organisation.slug}/", "admin": "/admin/"}[kind]
    return client.get(address, secure=True)


def points(response, cookies):
    """What Mozilla's Observatory gives for an answer; ``cookies`` are all that the browser has by now."""
    told = response.headers
    directives = [part.split() for part in told.get("Content-Security-Policy", "").split(";") if part.strip()]
    policy = {first: rest for first, *rest in directives}
    assert len(policy) == len(directives)
    assert told["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Credentials" not in told
    strict = all(cookie["secure"] and cookie["httponly"] and cookie["samesite"] for cookie in cookies.values())
    assert strict
    unsafe = any("unsafe" in value for values in policy.values() for value in values)
    age = re.match(r"max-age=(\d+)", told.get("Strict-Transport-Security", ""))
    found = {
        "policy": 10 if policy.get("default-src") == ["'none'"] and not unsafe else -25,
        "cookies": 5 if cookies else 0,
        "referrer": 5 if told.get("Referrer-Policy") in ("same-origin", "no-referrer") else 0,
        "frames": 5 if policy.get("frame-ancestors") == ["'none'"] else -20,
        "resources": 10 if told.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0,
        "windows": 10 if told.get("Cross-Origin-Opener-Policy") == "same-origin" else 0,
        "embedding": 10 if told.get("Cross-Origin-Embedder-Policy") == "require-corp" else 0,
        "transport": -20 if not age else -10 if int(age[1]) < HALF_A_YEAR else 0,
    }
    lost = sum(number for number in found.values() if number < 0)
    return 100 + (sum(found.values()) if lost >= -10 else lost)


@pytest.mark.parametrize("kind", ["home", "checklist", "account", "firm", "admin", "API"])
@pytest.mark.parametrize(("environment", "least"), [(INSTALLED, 140), (WITH_A_YEAR, 150)], ids=["as installed", "year"])
def test_every_kind_of_page_scores(kind, environment, least, installed, published, firm):
    client = installed(environment)
    response = opened(kind, client, firm)
    assert response.status_code == 200
    assert "charset=" in response.headers["Content-Type"] or kind == "API"
    assert points(response, response.cookies) >= least + (5 if response.cookies else 0)


@pytest.mark.django_db
def test_cookies_are_for_this_host_alone(installed, production, published, firm):
    told = production(INSTALLED)
    names = {told[name] for name in told if name.endswith(("_COOKIE", "COOKIE_NAME"))}
    # That of a preview is for the path of previews, which the stricter prefix does not allow.
    assert {name for name in names if not name.startswith("__Host-")} == {"__Secure-preview-checklist"}
    client = installed(INSTALLED)
    client.post("/start/", {"destination": "es"}, secure=True)
    client.get(reverse("account_login"), secure=True)
    client.post(reverse("account_request_login_code"), {"email": firm.owner.email}, secure=True)
    assert len(client.cookies) >= 3
    for cookie in client.cookies.values():
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] in ("Lax", "Strict")


@pytest.mark.django_db
def test_no_folder_is_listed(installed, published):
    client = installed(INSTALLED)
    found = client.head("/static/site.css", secure=True)
    assert found.status_code == 200
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert found.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "Access-Control-Allow-Origin" not in found.headers
    for address in ("/static/", "/static/..", "/.git/config", "/static/%2e%2e/manage.py", "/static/../db.sqlite3"):
        assert client.get(address, secure=True).status_code == 404, address


class TestPasswords:
    OLD = "Harbour tide 41"
    # Signs of many scripts, spaces at both ends.
    LONG = "  Ñandú 山 ßtraße – " + "a1B2 c3D4 " * 8 + " "

    @pytest.fixture
    def owner(self, db, client):
        owner = person("ana@example.org", second_factor=False, password=self.OLD)
        assert self.sign_in(client, self.OLD)
        return owner

    def sign_in(self, browser, password):
        given = {"login": "ana@example.org", "password": password}
        return browser.post(reverse("account_login"), given).status_code == 302

    def change(self, client, old, new):
        given = {"oldpassword": old, "password1": new, "password2": new}
        return client.post(reverse("account_change_password"), given)

    def test_a_new_password_needs_the_old_one(self, client, owner):
        assert self.change(client, "Wrong 4711 x", self.LONG).status_code == 422
        assert self.sign_in(Client(), self.OLD)

    def test_a_long_password_of_any_signs_is_taken_as_it_is(self, client, owner):
        assert len(self.LONG) > 64
        assert self.change(client, self.OLD, self.LONG).status_code == 302
        assert self.sign_in(Client(), self.LONG)
        assert not self.sign_in(Client(), self.LONG.strip())
        assert not self.sign_in(Client(), self.LONG.lower())
        assert not self.sign_in(Client(), self.LONG[:64])

    @pytest.mark.parametrize(
        ("page", "hint"), [("account_login", "current-password"), ("account_change_password", "new-password")]
    )
    def test_password_managers_and_pasting_are_welcome(self, client, owner, page, hint):
        browser = Client() if page == "account_login" else client
        text = browser.get(reverse(page)).text
        fields = re.findall(r"<input[^>]*password[^>]*>", text)
        assert fields
        assert all('type="password"' in field for field in fields)
        assert any(f'autocomplete="{hint}"' in field for field in fields)
        assert "onpaste" not in text


@pytest.mark.django_db
class TestSessions:
    @pytest.fixture
    def ana(self):
        return person("ana@example.org", second_factor=False, password=TestPasswords.OLD)

    def sign_in(self, client):
        response = client.post(reverse("account_login"), {"login": "ana@example.org", "password": TestPasswords.OLD})
        assert response.status_code == 302
        assert SESSION_KEY in client.session
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def opens(self, key):
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = key
        return browser.get(reverse("account")).status_code == 200

    def test_signing_in_makes_a_new_session(self, client, ana):
        planted = client.session
        planted["known"] = "to a stranger"
        planted.save()
        before = client.cookies[settings.SESSION_COOKIE_NAME].value
        after = self.sign_in(client)
        assert after != before
        assert re.fullmatch(r"[a-z0-9]{32}", after)
        assert self.opens(after)
        assert not self.opens(before)

    def test_a_session_that_ended_opens_nothing(self, client, ana):
        key = self.sign_in(client)
        client.post(reverse("account_logout"))
        assert not self.opens(key)

    def test_a_closed_account_is_out_at_once(self, client, ana):
        key = self.sign_in(client)
        ana.is_active = False
        ana.save()
        assert not self.opens(key)


def test_a_workbook_reads_no_file_of_the_server(tmp_path):
    """XML may name entities that lie elsewhere; neither they nor a hundred million signs of nested ones come in."""
    secret = tmp_path / "secret.txt"
    secret.write_text("canary", encoding="utf-8")
    nested = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(8))
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    for entities, used in ((f'<!ENTITY x SYSTEM "{secret.as_uri()}">', "x"), (f'<!ENTITY e0 "lol">{nested}', "e8")):
        sheet = (
            f"<!DOCTYPE worksheet [{entities}]><worksheet {space}><sheetData>"
            f'<row><c t="inlineStr"><is><t>&{used};</t></is></c></row></sheetData></worksheet>'
        )
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name, part in unfolded(xlsx_bytes("facts", [["key"]])):
                archive.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else part)
        with pytest.raises(CatalogueError):
            read_xlsx(content.getvalue(), "facts")


def test_an_empty_list_is_no_answer(client, published):
    given = {"destination": "es", "activities": ["employee"]}
    plans = [
        client.post("/api/plan", {"answers": answers, "today": "2027-01-01"}, content_type="application/json").json()
        for answers in (given, {**given, "nationalities": []})
    ]
    assert plans[0] == plans[1]
    assert "nationalities" in plans[0]["unknown"]


class TestCode:
    """What the code does not do; each of these would be a way out or a way in."""

    SOURCES = ("relocation", "guides", "checklists")

    def text(self, pattern):
        for room in self.SOURCES:
            for path in sorted((ROOT / room).rglob(pattern)):
                yield path.relative_to(ROOT), path.read_text(encoding="utf-8")

    def test_nothing_here_asks_other_hosts(self):
        asks = re.compile(
            r"^\s*(?:import|from) (?:requests|httpx|aiohttp|urllib3|urllib\.request|http\.client|ftplib|socket)\b", re.M
        )
        assert [str(path) for path, text in self.text("*.py") if asks.search(text)] == []

    def test_no_weak_hash_is_used(self):
        weak = re.compile(r"\b(?:md5|sha1)\b", re.I)
        assert [str(path) for path, text in self.text("*.py") if weak.search(text)] == []
        assert not any(weak.search(name) for name in settings.PASSWORD_HASHERS if "Argon" in name)

    def test_browser_storage_holds_how_the_page_looks(self):
        kept = re.compile(r"(?:localStorage|sessionStorage)\.setItem\(([^,]+),|(indexedDB|document\.cookie)")
        found = {name or other for _path, text in self.text("*.js") for name, other in kept.findall(text)}
        assert found == {'"theme"', "key"}
        sidebar = (ROOT / "guides/static/guides/sidebar.js").read_text(encoding="utf-8")
        assert re.search(r"key = \"[\w.-]*(?:sidebar|isOpen)[\w.-]*\"", sidebar, re.I)


class TestPage:
    ITEMS = 253

    def test_says_what_hashes_and_encrypts(self):
        """Another way to hash a password, to sign or to encrypt is a new line of its chapter."""
        text = PAGE.read_text(encoding="utf-8")
        chapter = text[text.index("### 11 ") : text.index("### 12 ")]
        code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "checklists/access").rglob("*.py"))
        used = set(re.findall(r"\b(Fernet|AESGCM|ChaCha20Poly1305|Argon2|scrypt|bcrypt)\b", code))
        used |= set(re.findall(r'algorithm="sha(\d+)"', code))
        assert {name for name in used if name not in chapter} == set()
        assert {"Argon2", "Fernet", "256"} <= used

    def test_every_test_that_is_named_exists(self):
        named = set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE.read_text(encoding="utf-8")))
        assert len(named) > 150
        defined = {
            path: (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).exists() else "" for path, _ in named
        }
        assert sorted(f"{path}::{name}" for path, name in named if f"def {name}(" not in defined[path]) == []

    def test_every_item_stands_once_and_the_sums_are_right(self):
        text = PAGE.read_text(encoding="utf-8")
        rows = re.findall(r"^\| (\d+\.\d+\.\d+) \| .+? \| (kept|does not apply|open) \| .+ \|$", text, re.M)
        assert len({item for item, _ in rows}) == len(rows) == self.ITEMS
        kept, not_here, still = (sum(said == word for _, said in rows) for word in ("kept", "does not apply", "open"))
        told = " ".join(text.split())
        assert f"Of {self.ITEMS} items {kept} are kept, {not_here} do not apply, and {still} are open" in told
