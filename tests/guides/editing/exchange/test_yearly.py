"""The sheet of fees and deadlines: out, changed as for a new year, and in again, all or nothing."""

import csv
import io

import pytest

from guides.editing.exchange.yearly import COLUMNS, NAME
from guides.editions.loading import load
from guides.editions.working_copy import snapshot
from guides.models import Deadline, Fee
from guides.sheets import csv_bytes, read_csv, read_xlsx, xlsx_bytes
from tests.shipped import shipped_catalogue

from .test_pages import INDEX, agree, browser, holder, look, send, taken_out  # noqa: F401  # fixtures

pytestmark = pytest.mark.django_db


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def sheet(rows, columns=COLUMNS):
    return csv_bytes([list(columns), *([row.get(name) for name in columns] for row in rows)])


def nif():
    return next(procedure for procedure in snapshot().procedures if procedure.key == "nif")


def test_every_fee_and_deadline_is_a_row(browser, working_copy):  # noqa: F811
    fee, deadline = rows_of(taken_out(browser, f"{NAME}.csv"))
    assert (fee["procedure"], fee["what"], fee["key"], fee["amount"]) == ("nif", "fee", "none", "7.50")
    assert (fee["amount_to"], fee["currency"], fee["year"], fee["facts"]) == ("15.00", "USD", "2026", "nif.fee")
    assert (deadline["what"], deadline["text"]) == ("deadline", "Within three months.")
    assert deadline["date"] == "arrival_date + 3 months"
    assert f"{INDEX}{NAME}.xlsx" in browser.get(INDEX).text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_nobody_changed_changes_nothing(browser, db, kind):  # noqa: F811
    load(shipped_catalogue().catalogue)
    content = taken_out(browser, f"{NAME}.{kind}")
    rows = read_csv(content) if kind == "csv" else read_xlsx(content, NAME)
    assert len(rows) == 1 + Fee.objects.count() + Deadline.objects.count()
    merge = look(browser, f"{NAME}.{kind}", content, NAME, overwrite="on").context["merge"]
    assert (merge.changes, merge.kept, merge.problems) == ((), (), ())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_fees_of_a_year(browser, working_copy, kind):  # noqa: F811
    fee, deadline = rows_of(taken_out(browser, f"{NAME}.csv"))
    fee |= {"amount": "8,10", "amount_to": "16", "year": "2027", "text": "From 8.10 to 16 dollars."}
    deadline |= {"text": "Within 60 days.", "date": "arrival_date + 60 days"}
    content = sheet([fee, deadline])
    if kind == "xlsx":
        content = xlsx_bytes(NAME, read_csv(content))
    preview = look(browser, f"{NAME}.{kind}", content, NAME)
    assert "8.10" in preview.text
    assert nif().fees[0].amount == 7.5
    assert agree(browser, preview).status_code == 302
    changed_fee, changed_deadline = nif().fees[0], nif().deadlines[0]
    assert (changed_fee.amount, changed_fee.amount_to, changed_fee.year) == (8.1, 16.0, 2027)
    assert (changed_fee.when, changed_fee.facts) == ("here", ("nif.fee",))
    assert (changed_deadline.date, changed_deadline.binding) == ("arrival_date + 60 days", True)


def test_some_rows_and_some_columns_are_enough(browser, working_copy):  # noqa: F811
    content = sheet(
        [{"procedure": "nif", "what": "fee", "key": "none", "amount": "9"}], ["procedure", "what", "key", "amount"]
    )
    agree(browser, look(browser, "fees.csv", content, NAME))
    assert (nif().fees[0].amount, nif().fees[0].text) == (9.0, "From 7.50 to 15 dollars.")


def test_what_was_changed_here_is_kept_unless_told(browser, working_copy):  # noqa: F811
    rows = rows_of(taken_out(browser, f"{NAME}.csv"))
    Fee.objects.update(text="From 8 to 15 dollars.", amount=8)
    rows[0] |= {"amount": "9"}
    preview = look(browser, "fees.csv", sheet(rows), NAME)
    assert [change.key for change in preview.context["merge"].kept] == ["nif"]
    assert preview.context["merge"].changes == ()
    agree(browser, look(browser, "fees.csv", sheet(rows), NAME, overwrite="on"), overwrite="on")
    assert nif().fees[0].amount == 9.0


def test_a_row_that_nobody_touched_undoes_nothing(browser, working_copy):  # noqa: F811
    rows = rows_of(taken_out(browser, f"{NAME}.csv"))
    Fee.objects.update(amount=8)
    rows[1] |= {"text": "Within 60 days.", "date": "arrival_date + 60 days"}
    agree(browser, look(browser, "fees.csv", sheet(rows), NAME))
    assert (nif().fees[0].amount, nif().deadlines[0].text) == (8.0, "Within 60 days.")


def test_every_mistake_is_told_with_its_row_and_nothing_is_changed(browser, working_copy):  # noqa: F811
    fee, deadline = rows_of(taken_out(browser, f"{NAME}.csv"))
    wrong = [
        fee | {"amount": "a lot"},
        deadline | {"amount": "3"},
        fee | {"what": "tax"},
        fee | {"procedure": "nix"},
        fee | {"key": "nix"},
        fee,
        deadline | {"key": "soon", "text": ""},
    ]
    response = send(browser, "fees.csv", sheet(wrong), NAME)
    assert response.status_code == 422
    told = [str(problem) for problem in response.context["problems"]]
    for start, text in (
        ("row 2: procedures nif › fees none › amount", "a lot"),
        ("row 3: procedures nif › deadlines soon › amount", "A deadline has none."),
        ("row 4", "fee or deadline"),
        ("row 5", "There is no procedure “nix”."),
        ("row 6", "has no fee “nix”"),
        ("row 7", "more than once"),
    ):
        assert any(line.startswith(start) and text in line for line in told), (start, told)
    assert nif().fees[0].amount == 7.5


def test_unknown_facts_and_bad_dates_are_told_in_the_preview(browser, working_copy):  # noqa: F811
    fee, deadline = rows_of(taken_out(browser, f"{NAME}.csv"))
    preview = look(browser, "fees.csv", sheet([fee | {"facts": "nix"}, deadline | {"date": "soonish"}]), NAME)
    told = [str(problem) for problem in preview.context["problems"]]
    assert any("There is no entry “nix” in facts." in line for line in told)
    assert any("deadlines soon › date" in line for line in told)


def test_a_column_that_is_not_there(browser, working_copy):  # noqa: F811
    response = send(browser, "fees.csv", sheet([], ["procedure", "what", "price"]), NAME)
    told = [str(problem) for problem in response.context["problems"]]
    assert any("There is no column “price” in fees-and-deadlines." in line for line in told)
    assert "row 1: There is no column “key”." in told


def test_it_needs_the_permissions_of_procedures(holder, working_copy):  # noqa: F811
    staff = holder("view_fact", "add_fact", "change_fact")
    assert staff.get(f"{INDEX}{NAME}.csv").status_code == 403
    assert NAME not in staff.get(INDEX).context["sheets"].__str__()
    row = {"procedure": "nif", "what": "fee", "key": "none", "amount": "9"}
    assert send(staff, "fees.csv", sheet([row], ["procedure", "what", "key", "amount"]), NAME).status_code == 403
