"""Bringing clients in from CSV files: upload, preview, agreement."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape

from checklists.firms.cases.refreshing import forget_files
from checklists.firms.history.verifying import verify
from checklists.models import Case, CaseImport, CaseWord, Checklist, Label
from tests.checklists.pages import hidden_fields

pytestmark = pytest.mark.django_db

TWO = "Name,Email,Destination,Target date\nAna Silva,ana@client.example,Spain,2027-04-25\nRui Sá,,pt,\n"


@pytest.fixture
def advisor(client, firm, published):
    client.force_login(firm.advisor)
    return client


def address(firm, page="import", *rest):
    return reverse(f"cases:{page}", args=[firm.organisation.slug, *rest])


def send(client, firm, content, name="clients.csv", **options):
    content = content.encode() if isinstance(content, str) else content
    return client.post(address(firm), {"file": SimpleUploadedFile(name, content, "text/csv")}, **options)


def preview(client, firm, content):
    response = send(client, firm, content)
    assert response.status_code == 302, response.text[-3000:]
    return client.get(response.headers["Location"])


def agree(client, firm, **choices):
    shown = CaseImport.objects.get()
    page = client.get(address(firm, "import-preview", shown.pk))
    return client.post(address(firm, "import-preview", shown.pk), hidden_fields(page) | choices)


def refused(client, firm, content):
    response = send(client, firm, content)
    assert response.status_code == 422
    assert not CaseImport.objects.exists()
    return response.text


def problems(client, firm, content):
    response = preview(client, firm, content)
    assert response.status_code == 422
    assert "Nothing was opened." in response.text
    agree(client, firm)
    assert not Case.objects.exists()
    return [(found.line, found.column, found.message.split(".")[0]) for found in response.context["problems"]]


class TestWhatIsOpened:
    @pytest.mark.parametrize(
        ("called", "key"), [("Espanha", "es"), ("SPANIEN", "es"), ("PRT", "pt"), ("Іспанія", "es")]
    )
    def test_destination_by_any_usual_name(self, advisor, firm, called, key):
        preview(advisor, firm, f"Name,Country\nAna,{called}\n")
        agree(advisor, firm)
        assert Case.objects.get().destination == key

    def test_nothing_before_the_preview_is_agreed_to(self, advisor, firm):
        page = preview(advisor, firm, TWO)
        assert page.status_code == 200
        assert "Open 2 cases" in page.text
        assert not Case.objects.exists()

    def test_cases_as_if_somebody_had_typed_them(self, advisor, firm):
        typed = firm.case("Ana Silva", email="ana@client.example", destination="es")
        typed.delete()
        preview(advisor, firm, TWO)
        response = agree(advisor, firm)
        assert response.headers["Location"] == reverse("board:cases", args=[firm.organisation.slug])
        ana, rui = Case.objects.all()
        assert (ana.name, ana.email, ana.destination, str(ana.target_date)) == (
            "Ana Silva",
            "ana@client.example",
            "es",
            "2027-04-25",
        )
        assert (rui.name, rui.destination, rui.stage) == ("Rui Sá", "pt", firm.organisation.stages.first())
        assert ana.people.get().checklist.answers == {"destination": "es"}
        for name in ("tasks_total", "tasks_done", "progress", "next_step", "next_deadline", "summarised_on"):
            assert getattr(ana, name) == getattr(typed, name)
        assert set(CaseWord.objects.filter(case=rui).values_list("word", flat=True)) == {"rui", "sa"}
        verbs = list(firm.organisation.history.filter(case_number=ana.pk).values_list("verb", flat=True))
        assert sorted(verbs) == ["case-imported", "person-added"]
        assert not CaseImport.objects.exists()

    def test_all_columns(self, advisor, firm):
        label = Label.objects.create(organisation=firm.organisation, name="VIP")
        stage = firm.organisation.stages.last()
        header = "reference;LABELS;Priority;Assigned to;Status;E-Mail;Client;Country;Moving date;Shoe size"
        row = f"R-17;vip;HIGH;olga owner;{stage.name.upper()};a@client.example;Ana;España;25.04.2027;39"
        page = preview(advisor, firm, f"{header}\n{row}\n")
        assert "Shoe size" in page.text
        agree(advisor, firm)
        case = Case.objects.get()
        assert (case.reference, case.priority, case.assignee, case.stage) == ("R-17", 3, firm.owner, stage)
        assert (case.destination, case.target_date) == ("es", datetime.date(2027, 4, 25))
        assert list(case.labels.all()) == [label]

    def test_the_template_that_is_offered_can_be_brought_in(self, advisor, firm):
        file = advisor.get(address(firm, "import-template"))
        assert file.headers["Content-Disposition"] == 'attachment; filename="clients.csv"'
        assert preview(advisor, firm, file.content).status_code == 200
        agree(advisor, firm)
        assert Case.objects.get().name == "Ana Example"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_encodings(advisor, firm, encoding):
    preview(advisor, firm, "Name;Email\nJoão Muñoz;j@client.example\n".encode(encoding))
    agree(advisor, firm)
    assert Case.objects.get().name == "João Muñoz"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(advisor, firm, separator, end):
    lines = ["Name,Email,Reference", '"Silva, Ana; known as\n""Nina""",a@client.example,1|2']
    text = end.join(lines).replace("|", "/") if separator != "," else end.join(lines)
    if separator != ",":
        text = text.replace(",", separator).replace(f"Silva{separator}", "Silva,")
    preview(advisor, firm, text)
    agree(advisor, firm)
    case = Case.objects.get()
    assert case.name == 'Silva, Ana; known as "Nina"'
    assert case.email == "a@client.example"


def test_the_line_with_which_excel_names_its_separator(advisor, firm):
    page = preview(advisor, firm, "sep=;\nName;Email\nAna;wrong\n")
    assert [found.line for found in page.context["problems"]] == [3]


class TestFilesOfWhichNothingCanBeMade:
    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "The file is empty."),
            (b" \n\r\n", "The file is empty."),
            (b"\xef\xbb\xbf", "The file is empty."),
            (b"Name,Email\n", "nobody below it"),
            (b"Name,Email\n,\n", "nobody below it"),
            (b"PK\x03\x04rest", "save it as CSV"),
            (b"%PDF-1.7", "not a CSV file"),
            (b"\x89PNG\r\n\x1a\n\x00\x01", "signs that are no text"),
            (b"Name\nAna\x00Silva\n", "Line 2 holds signs that are no text"),
            (b"Email,Country\na@b.example,es\n", "no column for the client&#x27;s name"),
            (b"Ana Silva,ana@client.example\n", "no column for the client&#x27;s name"),
            (b"Name,Client\nAna,Ana\n", "Several columns mean the same: Name, Client."),
            (b'Name,Email\nRui,\n"Ana,\nx,\n', "quotation marks from line 3 on do not match"),
            (b"Name\n" + b"Ana\n" * 5001, "5001 rows"),
            (b"Name\n" + b"x" * (2 * 1024 * 1024), "larger than 2 MB"),
        ],
    )
    def test_say_why_and_are_not_kept(self, advisor, firm, content, words):
        assert words in refused(advisor, firm, content)

    def test_no_file_at_all(self, advisor, firm):
        assert advisor.post(address(firm)).status_code == 422

    def test_far_too_large(self, advisor, firm):
        assert send(advisor, firm, b"x" * 3 * 1024 * 1024).status_code == 413

    def test_other_forms_stay_small(self, advisor, firm):
        path = reverse("cases:new", args=[firm.organisation.slug])
        response = advisor.post(path, {"file": SimpleUploadedFile("a.csv", b"x" * 300_000)})
        assert response.status_code == 413


class TestRowsThatCannotBeUsed:
    @pytest.mark.parametrize(
        ("header", "cell", "column", "words"),
        [
            ("Name,Ref", ",R-1", "Name", "Every client needs a name"),
            ("Name", "x" * 121, "Name", "This is too long: at most 120 signs"),
            ("Name,E-mail", "Ana,nobody", "E-mail", "This is no email address"),
            ("Name,E-mail", f"Ana,{'x' * 250}@client.example", "E-mail", "This is too long"),
            ("Name,Ref", f"Ana,{'x' * 61}", "Ref", "This is too long"),
            ("Name,Country", "Ana,Atlantis", "Country", "We know no such destination"),
            ("Name,Country", "Ana,France", "Country", "We know no such destination"),
            ("Name,Country", "Ana,Protugal", "Country", "Did you mean Portugal? Write it so"),
            ("Name,Stage", "Ana,Nowhere", "Stage", "Your firm has no such stage"),
            ("Name,Advisor", "Ana,Vera Viewer", "Advisor", "No owner or advisor of your firm"),
            ("Name,Labels", "Ana,Unheard", "Labels", "Your firm has no such label"),
            ("Name,Priority", "Ana,urgent", "Priority", "Write low, normal or high"),
            ("Name,Target date", "Ana,soon", "Target date", "This is no date"),
            ("Name,Target date", "Ana,04/25/2027", "Target date", "There is no month “25”"),
            ("Name,Target date", "Ana,2027-02-30", "Target date", "February 2027 has no day 30"),
            ("Name,Target date", "Ana,0207-02-03", "Target date", "This year is not plausible"),
            ("Name,Ref", "Ana,1,2", "", "The row has more cells"),
        ],
    )
    def test_are_named_with_line_and_column(self, advisor, firm, header, cell, column, words):
        other = "," * header.count(",")
        (found,) = problems(advisor, firm, f"{header}\nRui{other}\n\n{cell}\n")
        assert found[:2] == (4, column)
        assert found[2].startswith(words)

    def test_stand_in_their_row_as_typed_with_what_to_do(self, advisor, firm):
        titles = "Name,Email,Country,Target date,Ref,Stage,Advisor,Priority,Labels"
        wrong = "Ana,nobody,Atlantis,soon,R1,Nowhere,Stranger,urgent,Unheard"
        page = preview(advisor, firm, f"{titles}\n{wrong}\n")
        rows = page.text.partition("Rows of the file")[2]
        for value in ("nobody", "Atlantis", "soon", "Nowhere", "Stranger"):
            assert f"<q>{value}</q> <strong" in rows
        for named in (r"Priority:\s+<q>urgent</q>", r"Labels:\s+<q>Unheard</q>"):
            assert re.search(named, rows)
        for problem in page.context["problems"]:
            assert escape(problem.message) in rows
        assert "<td>R1</td>" in rows

    def test_the_line_is_that_of_the_file_also_after_quoted_line_ends(self, advisor, firm):
        assert problems(advisor, firm, 'Name,Email\n"Ana\nSilva",\nRui,nobody\n')[0][0] == 4

    def test_nothing_of_another_firm_is_known(self, advisor, firm, other_firm):
        Label.objects.create(organisation=other_firm.organisation, name="Theirs")
        text = f"Name,Labels,Advisor\nAna,Theirs,{other_firm.owner.email}\n"
        assert len(problems(advisor, firm, text)) == 2

    def test_two_people_of_one_name(self, advisor, firm):
        firm.owner.first_name, firm.owner.last_name = "Adam", "Advisor"
        firm.owner.save()
        assert "Several people" in problems(advisor, firm, "Name,Advisor\nAna,Adam Advisor\n")[0][2]


def test_a_day_that_could_be_another_is_read_with_the_day_first_and_said_so(advisor, firm):
    page = preview(advisor, firm, "Name,Target date\nAna,03/04/2027\n")
    assert "Dates like 03/04/2027 are read with the day first." in page.text
    assert "3 April 2027" in page.text
    agree(advisor, firm)
    assert Case.objects.get().target_date == datetime.date(2027, 4, 3)


class TestDuplicates:
    FILE = "Name,Email\nAna,ANA@client.example\nRui,rui@client.example\nRui again,Rui@Client.example\n"

    @pytest.fixture
    def known(self, firm, published):
        return firm.case("Ana Silva", email="ana@client.example")

    def test_are_marked(self, advisor, firm, known):
        page = preview(advisor, firm, self.FILE).text
        assert known.get_absolute_url() in page
        assert "Same address as line 3" in page
        assert "Skip them, and open 1 case" in page

    def test_can_be_skipped(self, advisor, firm, known):
        preview(advisor, firm, self.FILE)
        agree(advisor, firm, duplicates="skip")
        assert [case.name for case in Case.objects.all()] == ["Ana Silva", "Rui"]

    def test_can_be_opened_all_the_same(self, advisor, firm, known):
        preview(advisor, firm, self.FILE)
        agree(advisor, firm, duplicates="open")
        assert Case.objects.count() == 4

    def test_archived_cases_and_other_firms_do_not_count(self, advisor, firm, other_firm):
        other_firm.case(email="ana@client.example")
        firm.case(email="ana@client.example").delete()
        assert not preview(advisor, firm, TWO).context["preview"].duplicates


class TestBetweenPreviewAndAgreement:
    def test_what_changed_is_shown_again_and_nothing_is_opened(self, advisor, firm):
        page = preview(advisor, firm, TWO)
        shown = CaseImport.objects.get()
        firm.case("Ana Silva", email="ana@client.example")
        response = advisor.post(address(firm, "import-preview", shown.pk), hidden_fields(page))
        assert response.status_code == 409
        assert "Something changed since you saw this preview." in response.text
        assert Case.objects.count() == 1
        agree(advisor, firm, duplicates="skip")
        assert Case.objects.count() == 2

    @pytest.mark.parametrize("seen", ["", "x", "9" * 30, "-1"])
    def test_a_forged_agreement_opens_nothing(self, advisor, firm, seen):
        preview(advisor, firm, TWO)
        response = advisor.post(address(firm, "import-preview", CaseImport.objects.get().pk), {"seen": seen})
        assert response.status_code == 409
        assert not Case.objects.exists()

    def test_agreeing_twice_opens_once(self, advisor, firm):
        page = preview(advisor, firm, TWO)
        shown = CaseImport.objects.get()
        agree(advisor, firm)
        response = advisor.post(address(firm, "import-preview", shown.pk), hidden_fields(page))
        assert response.status_code == 404
        assert "it was imported or cancelled" in response.text
        assert Case.objects.count() == 2

    def test_cancelling_deletes_the_file(self, advisor, firm):
        preview(advisor, firm, TWO)
        agree(advisor, firm, cancel="1")
        assert not CaseImport.objects.exists()
        assert not Case.objects.exists()

    def test_another_file_takes_the_place_of_the_first(self, advisor, firm):
        preview(advisor, firm, TWO)
        preview(advisor, firm, "Name\nEva\n")
        assert bytes(CaseImport.objects.get().content) == b"Name\nEva\n"

    def test_a_file_lives_for_a_day(self, advisor, firm):
        preview(advisor, firm, TWO)
        CaseImport.objects.update(uploaded_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
        shown = CaseImport.objects.get()
        assert advisor.get(address(firm, "import-preview", shown.pk)).status_code == 404
        assert forget_files() == 1
        assert not CaseImport.objects.exists()


class TestWrongPerson:
    def test_viewers_may_not(self, client, firm, published):
        client.force_login(firm.viewer)
        assert send(client, firm, TWO).status_code == 403
        for page in ("import", "import-template"):
            assert client.get(address(firm, page)).status_code == 403

    def test_colleagues_do_not_see_the_file(self, advisor, client, firm):
        sent = hidden_fields(preview(advisor, firm, TWO))
        client.force_login(firm.owner)
        path = address(firm, "import-preview", CaseImport.objects.get().pk)
        assert client.get(path).status_code == 404
        assert client.post(path, sent).status_code == 404
        assert client.post(path, {"cancel": "1"}).status_code == 404
        assert CaseImport.objects.exists()

    def test_other_firms_find_nothing(self, advisor, client, firm, other_firm):
        preview(advisor, firm, TWO)
        client.force_login(other_firm.owner)
        assert send(client, firm, TWO).status_code == 404
        for place in (firm, other_firm):
            assert client.post(address(place, "import-preview", CaseImport.objects.get().pk)).status_code == 404

    def test_strangers_sign_in_first(self, client, firm, published):
        for page, rest in (("import", []), ("import-template", []), ("import-preview", [1])):
            response = client.get(address(firm, page, *rest))
            assert response.headers["Location"].startswith(reverse("account_login"))

    def test_wrong_method(self, advisor, firm):
        assert advisor.post(address(firm, "import-template")).status_code == 405
        assert advisor.delete(address(firm)).status_code == 405


def test_many_rows_take_as_many_queries_as_few(advisor, firm, django_assert_max_num_queries):
    rows = "".join(f"Client {number},{number}@client.example,{'es' if number % 2 else 'pt'}\n" for number in range(400))
    sent = hidden_fields(preview(advisor, firm, f"Name,Email,Destination\n{rows}"))
    shown = CaseImport.objects.get()
    with django_assert_max_num_queries(45):
        advisor.post(address(firm, "import-preview", shown.pk), sent)
    assert (Case.objects.count(), Checklist.objects.count()) == (400, 400)
    assert verify(firm.organisation).broken is None
