"""Requests that cannot be answered get a page of ours: too large, wrong method, nothing there."""

import pytest

BIG = 1024 * 1024


@pytest.mark.django_db
class TestTooLarge:
    @pytest.mark.parametrize("path", ["/start/", "/c/" + "x" * 22 + "/answers/all/", "/admin/login/"])
    def test_form_gets_a_page(self, client, path):
        response = client.post(path, {"destination": "x" * BIG})
        assert response.status_code == 413
        assert "This is too large" in response.text
        assert "What is safe" in response.text

    def test_api_gets_json(self, client):
        response = client.post("/api/plan", '{"a": "%s"}' % ("x" * BIG), content_type="application/json")
        assert response.status_code == 413
        assert "262144" in response.json()["errors"][0]["message"]

    def test_page_has_the_security_headers(self, client):
        response = client.post("/start/", {"destination": "x" * BIG})
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "camera=()" in response.headers["Permissions-Policy"]

    @pytest.mark.parametrize("length", ["", "-5", "many", "9" * 400])
    def test_a_length_that_is_none_does_no_harm(self, client, length):
        assert client.post("/no-such-page/", CONTENT_LENGTH=length).status_code in (400, 404, 413)


@pytest.mark.django_db
class TestWrongMethod:
    def test_gets_a_page_that_says_what_is_allowed(self, client):
        response = client.delete("/start/")
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, POST"
        assert "This address works in another way" in response.text

    def test_api_gets_json(self, client):
        response = client.get("/api/plan")
        assert response.status_code == 405
        assert set(response.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
        assert [error["key"] for error in response.json()["errors"]] == [""]


@pytest.mark.django_db
class TestNothingThere:
    def test_gets_a_page(self, client):
        response = client.get("/no-such-page/")
        assert response.status_code == 404
        assert "There is no page here" in response.text

    @pytest.mark.parametrize("path", ["/api/plan/", "/api/nope"])
    def test_api_gets_json(self, client, path):
        response = client.post(path, "{}", content_type="application/json")
        assert response.status_code == 404
        assert response.json()["errors"][0]["message"]

    def test_message_of_a_view_is_shown_while_debugging_too(self, client, settings):
        settings.DEBUG = True
        response = client.get("/c/" + "x" * 22 + "/")
        assert response.status_code == 404
        assert "This link leads to no checklist" in response.text
