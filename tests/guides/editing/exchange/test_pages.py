"""Import and export in the admin: who may, what is shown, and that nothing else changes than what was agreed to."""

import io
import zipfile

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from guides.editing.exchange.archives import catalogue_zip
from guides.editions.loading import load
from guides.editions.working_copy import snapshot
from guides.models import Alternative, Fact, Procedure, Upload
from tests.guides.small import changed, without
from tests.shipped import shipped_catalogue

pytestmark = pytest.mark.django_db

INDEX = "/admin/exchange/"


@pytest.fixture
def browser(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def holder(client, somebody):
    """Signs somebody of the staff in who has just these permissions."""

    def sign_in(*names):
        user = somebody("holder@example.org", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        client.force_login(user)
        return client

    return sign_in


def send(browser, name, content, section=""):
    """Upload a file."""
    content = content.encode() if isinstance(content, str) else content
    return browser.post(INDEX, {"file": SimpleUploadedFile(name, content), "section": section})


def look(browser, name, content, section="", **choices):
    """Upload a file and open its preview."""
    response = send(browser, name, content, section)
    assert response.status_code == 302, response.context["problems"] or response.context["form"].errors
    return browser.get(response.url, choices)


def agree(browser, preview, **choices):
    seen = preview.context["merge"].seen
    return browser.post(preview.request["PATH_INFO"], {"seen": seen, **choices})


def taken_out(browser, name):
    response = browser.get(f"{INDEX}{name}")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    return response.content


def edited(content, old, new):
    assert old in content.decode("utf-8-sig")
    return content.decode("utf-8-sig").replace(old, new).encode()


class TestWayThere:
    def test_from_the_start_page(self, browser, edition):
        assert f'href="{INDEX}"' in browser.get(reverse("admin:index")).text

    @pytest.mark.parametrize("model", ["source", "fact", "procedure"])
    def test_from_the_lists(self, browser, edition, model):
        page = browser.get(reverse(f"admin:guides_{model}_changelist")).text
        assert f'href="{INDEX}?section={model}s"' in page

    def test_the_list_is_chosen_already(self, browser, edition):
        assert '<option value="facts" selected>' in browser.get(f"{INDEX}?section=facts").text


class TestRoundTrip:
    def test_shipped_catalogue_through_a_zip(self, browser, db):
        catalogue = shipped_catalogue().catalogue
        load(catalogue)
        content = taken_out(browser, "working-copy.zip")
        merge = look(browser, "working-copy.zip", content, overwrite="on", complete="on").context["merge"]
        entries = sum(len(getattr(catalogue, section)) for section in type(catalogue).model_fields)
        assert (merge.changes, merge.kept, merge.unchanged) == ((), (), entries)
        assert taken_out(browser, "working-copy.zip") == content

    def test_a_zip_makes_the_working_copy_what_it_was(self, browser, working_copy, small):
        content = taken_out(browser, "working-copy.zip")
        Fact.objects.filter(key="nif.fee").update(note="Edited")
        Procedure.objects.get(key="niss").delete()
        choices = {"overwrite": "on", "complete": "on"}
        agree(browser, look(browser, "a.zip", content, **choices), **choices)
        found = snapshot()
        for section in type(small).model_fields:
            by_key = {entry.key: entry for entry in getattr(found, section)}
            assert by_key == {entry.key: entry for entry in getattr(small, section)}

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_shipped_facts_through_a_sheet(self, browser, db, kind):
        catalogue = shipped_catalogue().catalogue
        load(catalogue)
        content = taken_out(browser, f"facts.{kind}")
        merge = look(browser, f"facts.{kind}", content, "facts", overwrite="on").context["merge"]
        assert (merge.changes, merge.kept) == ((), ())
        assert merge.unchanged == len(shipped_catalogue().catalogue.facts)

    def test_the_current_edition(self, browser, edition, small):
        Fact.objects.filter(key="nif.fee").update(note="Not published")
        with zipfile.ZipFile(io.BytesIO(taken_out(browser, "edition.zip"))) as archive:
            assert b"Not published" not in archive.read("pt/facts/more.yaml")

    def test_no_edition_yet(self, browser, working_copy):
        assert browser.get(f"{INDEX}edition.zip").status_code == 404


class TestActions:
    def act(self, browser, model, action, keys):
        rows = list(model.objects.filter(key__in=keys).values_list("pk", flat=True))
        address = reverse(f"admin:guides_{model._meta.model_name}_changelist")
        return browser.post(address, {"action": action, "_selected_action": rows})

    def test_selected_entries_as_yaml_come_back_changed(self, browser, working_copy, small):
        content = self.act(browser, Procedure, "export_yaml", ["nif"]).content
        assert b"key: niss" not in content
        preview = look(browser, "procedures.yaml", edited(content, "text: Go there.", "text: Walk there."))
        agree(browser, preview)
        assert snapshot().procedures[0].steps[0].text == "Walk there."

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_selected_entries_as_a_sheet(self, browser, working_copy, kind):
        content = self.act(browser, Fact, f"export_{kind}", ["nif.fee"]).content
        assert look(browser, f"facts.{kind}", content, "facts").context["merge"].unchanged == 1

    def test_entries_with_parts_do_not_fit_into_a_sheet(self, browser, working_copy):
        page = browser.get(reverse("admin:guides_procedure_changelist")).text
        assert "export_yaml" in page
        assert "export_csv" not in page

    def test_an_entry_that_does_not_fit_the_schema_is_named(self, browser, working_copy):
        Alternative.objects.all().delete()
        response = self.act(browser, Procedure, "export_yaml", ["nif"])
        assert response.status_code == 302
        assert "requirements identity › alternatives" in browser.get(response.url).text
        page = browser.get(f"{INDEX}working-copy.zip")
        assert page.status_code == 422
        assert "requirements identity › alternatives" in page.text


class TestImport:
    def test_first_the_preview_then_exactly_that(self, browser, working_copy, small):
        content = edited(taken_out(browser, "facts.csv"), "It is free.", "It costs 7 euros.")
        preview = look(browser, "facts.csv", content, "facts")
        assert "0 new, 1 changed, 0 removed, 0 kept as they are here, 1 unchanged." in preview.text
        assert "euros" in preview.text
        assert snapshot() == small
        response = agree(browser, preview)
        assert response.url == INDEX
        assert snapshot() == changed(small, "facts", "nif.fee", statement="It costs 7 euros.")
        assert "Imported facts.csv: 1 changed, 0 kept" in browser.get(INDEX).text
        assert not Upload.objects.exists()

    def test_it_is_in_the_history_of_the_entry(self, browser, editor, working_copy):
        content = edited(taken_out(browser, "facts.csv"), "It is free.", "It costs 7 euros.")
        agree(browser, look(browser, "facts.csv", content, "facts"))
        entry = LogEntry.objects.get()
        assert (entry.user, entry.get_edited_object().key) == (editor, "nif.fee")
        assert str(entry.change_message) == "Imported from facts.csv."

    def test_an_entry_edited_here_is_kept_and_named_with_its_row(self, browser, working_copy):
        content = edited(taken_out(browser, "facts.csv"), "It is free.", "It costs 7 euros.")
        Fact.objects.filter(key="nif.fee").update(statement="It costs 5 euros.")
        preview = look(browser, "facts.csv", content, "facts")
        assert "<li>row 3: facts nif.fee</li>" in preview.text
        agree(browser, preview)
        assert Fact.objects.get(key="nif.fee").statement == "It costs 5 euros."

    def test_and_replaced_when_the_editor_says_so(self, browser, working_copy):
        content = edited(taken_out(browser, "facts.csv"), "It is free.", "It costs 7 euros.")
        Fact.objects.filter(key="nif.fee").update(statement="It costs 5 euros.")
        agree(browser, look(browser, "facts.csv", content, "facts", overwrite="on"), overwrite="on")
        assert Fact.objects.get(key="nif.fee").statement == "It costs 7 euros."

    def test_agreeing_to_less_does_not_replace_more(self, browser, working_copy):
        content = edited(taken_out(browser, "facts.csv"), "It is free.", "It costs 7 euros.")
        Fact.objects.filter(key="nif.fee").update(statement="It costs 5 euros.")
        response = agree(browser, look(browser, "facts.csv", content, "facts"), overwrite="on")
        assert response.status_code == 409
        assert Fact.objects.get(key="nif.fee").statement == "It costs 5 euros."

    def test_a_working_copy_that_moved_gets_a_new_preview(self, browser, working_copy, small):
        content = edited(taken_out(browser, "facts.csv"), "It is free.", "It costs 7 euros.")
        preview = look(browser, "facts.csv", content, "facts")
        Fact.objects.filter(key="nif.fee").update(statement="It costs 5 euros.")
        response = agree(browser, preview)
        assert response.status_code == 409
        assert "somebody changed the working copy" in response.text
        assert "row 3: facts nif.fee" in response.text
        assert Fact.objects.get(key="nif.fee").statement == "It costs 5 euros."

    def test_nothing_is_removed_unless_the_file_is_said_to_be_complete(self, browser, working_copy, small):
        fewer = without(small, "guides", "work-in-portugal")
        content = catalogue_zip(fewer)
        preview = look(browser, "a.zip", content)
        assert preview.context["merge"].changes == ()
        assert "Import exactly this" not in preview.text
        preview = look(browser, "a.zip", content, complete="on")
        assert "1 removed" in preview.text
        agree(browser, preview, complete="on")
        assert snapshot() == fewer

    def test_a_sheet_never_removes(self, browser, working_copy, small):
        content = taken_out(browser, "facts.csv").decode("utf-8-sig").splitlines(keepends=True)
        preview = look(browser, "facts.csv", "".join(content[:2]), "facts", complete="on")
        assert "complete" not in preview.context["form"].fields
        agree(browser, preview, complete="on")
        assert snapshot() == small

    def test_an_error_in_row_500_changes_nothing(self, browser, working_copy, small):
        rows = [f"fact.{number},pt,Something,guide" for number in range(2, 600)]
        rows[498] = "fact.500,xx,Something,guide"
        content = "\n".join(["key,country,statement,confidence", *rows])
        preview = look(browser, "facts.csv", content, "facts")
        assert "row 500: facts fact.500 › country" in preview.text
        assert "Import exactly this" not in preview.text
        assert agree(browser, preview).status_code == 422
        assert snapshot() == small

    def test_rows_that_do_not_fit_are_named_and_not_kept(self, browser, working_copy):
        response = send(browser, "facts.csv", "key,verified_on\nnif.fee,1/2/2026\nnif.what,soon", "facts")
        assert response.status_code == 422
        assert "row 2: facts nif.fee › verified_on" in response.text
        assert "row 3: facts nif.what › verified_on" in response.text
        assert not Upload.objects.exists()


class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("name", "content", "section", "complaint"),
        [
            ("facts.csv", "key\nx", "", "Say what the sheet holds."),
            ("facts.pdf", "x", "", "The name of the file must end in one of"),
            ("facts.yaml", "", "", "The submitted file is empty."),
            ("facts.yaml", b"facts: [\xff]", "", "It is not UTF-8 text."),
            ("facts.yaml", "facts: !!python/name:os.system", "", "It uses a tag"),
            ("facts.zip", "PK", "", "damaged, encrypted or no zip"),
            ("facts.xlsx", "PK", "facts", "damaged, encrypted or no zip"),
            ("facts.csv", "key\nx", "procedures", "Select a valid choice."),
        ],
    )
    def test_with_a_reason(self, browser, working_copy, small, name, content, section, complaint):
        response = send(browser, name, content, section)
        assert response.status_code == 422
        assert complaint in response.text
        assert snapshot() == small
        assert not Upload.objects.exists()

    def test_more_than_five_megabytes(self, browser, working_copy):
        assert "larger than 5 MB" in send(browser, "a.yaml", b"#" * (5 * 1024 * 1024 + 1)).text
        assert send(browser, "a.yaml", b"#" * (6 * 1024 * 1024)).status_code == 413

    def test_five_megabytes_are_for_files_of_staff_only(self, client, browser, working_copy):
        def status(address, content_type=MULTIPART_CONTENT):
            body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("a.yaml", b"#" * 1024 * 1024)})
            return client.generic("POST", address, body, content_type).status_code

        assert status(INDEX) == 302
        assert status(INDEX, "application/x-www-form-urlencoded") == 413
        assert status(reverse("admin:guides_fact_add")) == 413
        client.logout()
        assert status(INDEX) == 413


class TestPermissions:
    PAGES = ["", "working-copy.zip", "edition.zip", "facts.csv", "facts.xlsx"]

    @pytest.mark.parametrize("page", PAGES)
    def test_strangers_are_sent_to_the_login(self, client, edition, page):
        assert client.get(f"{INDEX}{page}").url == f"/account/login/?next={INDEX}{page}"

    @pytest.mark.parametrize("page", PAGES)
    def test_staff_without_permission_sees_nothing(self, holder, edition, page):
        assert holder().get(f"{INDEX}{page}").status_code == 403

    def test_staff_without_permission_imports_nothing(self, holder, working_copy):
        assert send(holder("view_fact"), "facts.csv", "key\nnif.fee", "facts").status_code == 403

    def test_who_may_see_facts_exports_facts(self, holder, edition):
        browser = holder("view_fact")
        assert browser.get(f"{INDEX}facts.csv").status_code == 200
        assert browser.get(f"{INDEX}sources.csv").status_code == 403
        assert browser.get(f"{INDEX}working-copy.zip").status_code == 403
        page = browser.get(INDEX).text
        assert "facts.csv" in page
        assert "sources.csv" not in page
        assert 'type="file"' not in page

    @pytest.mark.parametrize("permissions", [["add_fact"], ["change_fact"], ["add_source", "change_source"]])
    def test_importing_facts_needs_both_permissions_for_facts(self, holder, working_copy, permissions):
        browser = holder("view_fact", *permissions)
        assert send(browser, "facts.csv", "key\nnif.fee", "facts").status_code == 403

    def test_who_may_change_facts_imports_facts(self, holder, working_copy):
        browser = holder("view_fact", "add_fact", "change_fact")
        agree(browser, look(browser, "facts.csv", "key,note\nnif.fee,New", "facts"))
        assert Fact.objects.get(key="nif.fee").note == "New"

    def test_removing_needs_permission_to_delete(self, holder, working_copy):
        browser = holder("view_fact", "add_fact", "change_fact")
        preview = look(browser, "a.yaml", "facts: []", complete="on")
        assert "complete" not in preview.context["form"].fields
        assert preview.context["merge"].changes == ()

    def test_nobody_sees_what_another_uploaded(self, client, browser, publisher, working_copy):
        address = send(browser, "a.yaml", "facts: []").url
        client.force_login(publisher)
        assert client.get(address).status_code == 404
        assert client.post(address, {"seen": ""}).status_code == 404

    def test_other_methods(self, browser, working_copy):
        for page in self.PAGES[1:]:
            assert browser.post(f"{INDEX}{page}").status_code == 405
        assert browser.put(INDEX).status_code == 405
        assert browser.delete(send(browser, "a.yaml", "facts: []").url).status_code == 405

    @pytest.mark.parametrize("page", ["procedures.csv", "facts.json", "editions.csv", "999/"])
    def test_nothing_there(self, browser, working_copy, page):
        assert browser.get(f"{INDEX}{page}").status_code == 404


class TestOneRound:
    """Everything that is wrong with a file is told at once."""

    HEADER = "key,country,statement,confidence,sources\n"

    def told(self, browser, name, content, section=""):
        response = send(browser, name, content, section)
        assert response.status_code == 422
        return "\n".join(map(str, response.context["problems"]))

    def test_of_a_sheet(self, browser, working_copy):
        rows = ["a,pt,One,sure,blog", "b,pt,Two,guide,nowhere", "c,pt,Three,guide,blog", "c,pt,Four,guide,blog"]
        told = self.told(browser, "facts.csv", self.HEADER + "\n".join(rows), "facts")
        assert "row 2: facts a › confidence: It can be official, secondary, guide or unverified." in told
        assert "row 3: facts b › sources: There is no entry “nowhere” in sources." in told
        assert "facts c: It is there more than once." in told

    def test_of_a_file(self, browser, working_copy):
        entry = "{key: %s, country: pt, statement: x, confidence: guide, sources: [%s]}"
        entries = [entry % pair for pair in (("a", "nowhere"), ("b", "broken"), ("c", "blog"), ("c", "blog"))]
        content = f"sources: [{{key: broken}}]\nfacts: [{', '.join(entries)}]"
        told = self.told(browser, "more.yaml", content)
        assert "sources broken › title: It is missing." in told
        assert "facts a › sources: There is no entry “nowhere” in sources." in told
        assert "facts c: It is there more than once." in told
        assert "“broken” in sources" not in told

    def test_of_what_can_be_read(self, browser, working_copy):
        rows = ["b,pt,Two,guide,nowhere", "c,pt,Three,guide,blog", "c,pt,Four,guide,blog"]
        preview = look(browser, "facts.csv", self.HEADER + "\n".join(rows), "facts")
        told = "\n".join(map(str, preview.context["problems"]))
        assert "There is no entry “nowhere” in sources." in told
        assert "facts c: It is there more than once." in told
