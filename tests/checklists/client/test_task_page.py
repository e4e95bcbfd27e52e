"""The page of one task: by when and what first, what to bring and to do, one pitfall, and the rest folded."""

import datetime
import re

import pytest

from checklists.access.access import Access
from checklists.client.services import save_item
from guides.catalogue import schema
from tests.checklists.pages import address, attributes, hidden_fields, plain, press, tick_of
from tests.checklists.planner.small import alert, deadline, document, procedure, task

from .task_pages import channel, frame, part, words


class TestAddress:
    def test_leads_from_a_way_to_its_task(self, client, task_page):
        ways = procedure("desk-way", gives=["card"]), procedure("web-way", order=2, gives=["card"])
        page = task_page(*ways, tasks=[task("number", "desk-way", "web-way")], key="number")
        assert "<h1>Number</h1>" in page.text
        moved = client.get(address("task", task_page.checklist, "web-way"))
        assert moved.url == address("task", task_page.checklist, "number")

    @pytest.mark.parametrize("key", ["no-such", "other"])
    def test_what_is_not_in_the_plan_is_not_found(self, client, task_page, key):
        task_page(procedure("a"), procedure("other", required_when="works", order=2), works=False)
        response = client.get(address("task", task_page.checklist, key))
        assert response.status_code == 404
        assert "This task is not on the list, or no longer." in response.text

    def test_nothing_is_found_before_the_destination_is_known(self, client, task_page):
        task_page(procedure("a"))
        task_page.checklist.answers = {}
        task_page.checklist.save()
        assert client.get(address("task", task_page.checklist, "a")).status_code == 404

    def test_sends_nothing(self, client, task_page):
        task_page(procedure("a"))
        assert client.post(address("task", task_page.checklist, "a")).status_code == 405


class TestHead:
    def test_tells_which_task_it_is_and_its_state(self, task_page):
        page = task_page(
            procedure("b", gives=["card"], local_name="Be"), procedure("c", needs=["card"], order=2), key="b"
        )
        assert words(part(page, 'class="head__meta"', "</p>").partition(">")[2]) == "Be · task 1 of 2 · ready to start"

    def test_leads_back_to_the_list(self, task_page):
        back = part(task_page(procedure("a")), 'class="back', "</p>")
        assert f'href="{task_page.checklist.get_absolute_url()}"' in back
        assert "Your move to Xanadu" in back

    def test_says_what_comes_first(self, client, task_page):
        task_page(procedure("b", gives=["card"]), procedure("c", needs=["card"], order=2))
        page = client.get(address("task", task_page.checklist, "c"))
        assert "waits for: B" in part(page, 'class="head__meta"', "</p>")
        heading = part(page, 'id="by-title"', "</h2>")
        assert f'First: <a href="{address("task", task_page.checklist, "b")}">B</a>' in heading

    def test_what_waits_is_no_call_to_hurry(self, client, task_page):
        """Its near day is told below what comes first, and not in the colour of what presses."""
        near = deadline("deadline", "start")
        second = procedure("c", needs=["card"], order=2, days=0, deadlines=[near], by_employer=True)
        task_page(procedure("b", days=0, gives=["card"]), second, start="2026-11-25")
        found = frame(client.get(address("task", task_page.checklist, "c")))
        assert found.index("First:") < found.index("Your employer does it. By 25 November 2026 (Wednesday)")
        assert "ticket__by--soon" not in found
        assert "ticket__late" not in found

    def test_a_stopped_task_names_the_alert_and_asks_for_nothing(self, task_page):
        stop = alert("too-long", "danger", "works", about=["works"], stops=["a"])
        found = frame(task_page(procedure("a"), alerts=[stop], works=True))
        assert f'href="{task_page.checklist.get_absolute_url()}#alert-too-long"' in found
        assert "Not possible now" in found
        assert "I have an appointment" not in found

    def test_a_paper_that_nothing_gives_is_named(self, task_page):
        page = task_page(procedure("a", needs=["visa"]), documents=[document("visa", "consulate")])
        assert "You need first: visa. Nothing on this list gives it." in frame(page)


class TestDays:
    def test_the_last_day_stands_first(self, task_page):
        page = task_page(procedure("a", days=2, deadlines=[deadline("deadline", "start")]), start="2027-01-29")
        assert "By 29 January 2027 (Friday), in 2 months" in plain(frame(page))
        assert '<span class="no-print">, in 2 months</span>' in frame(page)
        assert re.search(r"Aim for \d+ January\. Allow 2 days for it\.", frame(page))
        assert "ticket__by--soon" not in frame(page)

    def test_a_near_one_stands_out(self, task_page):
        bound = deadline("deadline", "start")
        page = task_page(procedure("a", days=0, deadlines=[bound]), start="2026-11-23")
        assert "By 23 November 2026 (Monday), in 2 days" in plain(frame(page))
        assert "ticket__by--soon" in frame(page)

    def test_a_late_one_says_so(self, task_page):
        page = task_page(procedure("a", days=0, deadlines=[deadline("deadline", "start")]), start="2026-11-20")
        assert "The last day was 20 November 2026 (Friday): do it as soon as you can" in frame(page)

    def test_a_finished_one_tells_its_day(self, client, task_page):
        task_page(procedure("a"))
        day = datetime.date(2026, 11, 10)
        save_item(access=Access(task_page.checklist), kind="procedure", key="a", done=True, date=day)
        assert "Done on 10 November 2026 (Tuesday)" in frame(client.get(address("task", task_page.checklist, "a")))

    def test_all_dates_are_folded_with_their_reasons(self, task_page):
        bound = deadline("deadline", "start", facts=["law"])
        folded = part(task_page(procedure("a", deadlines=[bound]), start="2027-01-29"), "Dates, and why", "</details>")
        assert "29 January 2027 (Friday)" in folded
        assert 'href="#source-1"' in folded


class TestFirstStep:
    STEPS = ({"key": "go", "text": "Go there."},)

    def test_a_number_to_call(self, task_page):
        desk = channel(how="Book an appointment, by phone at 217 206 707 or on the portal.")
        assert '<a class="button button--main" href="tel:217206707"' in frame(
            task_page(procedure("a", channels=[desk]))
        )

    @pytest.mark.parametrize(
        "how", ["Fax +1 410 966 1861.", "File form 790 012 345.", "The press quotes 915 41 25 30."]
    )
    def test_other_numbers_are_not_called(self, task_page, how):
        assert "tel:" not in task_page(procedure("a", channels=[channel(how=how)])).text

    def test_an_office_on_the_web(self, task_page):
        web = channel("online", name="Portal, with a password", url="https://portal.example/")
        found = frame(task_page(procedure("a", channels=[web])))
        assert re.search(r'href="https://portal.example/"[^>]*>Open Portal</a>', found)

    def test_else_the_first_step_that_is_left(self, task_page):
        steps = ({"key": "ask", "text": "Ask."}, *self.STEPS)
        assert "Begin with this: Ask." in frame(task_page(procedure("a", steps=steps)))
        page = task_page(procedure("a", steps=steps), items=[("step", "a/ask")])
        assert "Begin with this: Go there." in frame(page)

    def test_what_depends_on_an_open_answer_does_not_come_first(self, task_page):
        steps = ({"key": "ask", "text": "Ask.", "when": "works"}, *self.STEPS)
        assert "Begin with this: Go there." in frame(task_page(procedure("a", steps=steps)))

    def test_nothing_where_the_employer_does_it(self, task_page):
        found = frame(task_page(procedure("a", steps=self.STEPS, by_employer=True)))
        assert "Your employer does it." in found
        assert "You check that it was done." in found
        assert "Begin with this" not in found


class TestBring:
    def test_papers_in_the_order_of_the_office_with_their_form(self, task_page):
        papers = [document("photo", kind="photo"), document("record", "authority", apostille="yes")]
        page = task_page(procedure("a", needs=["record", "photo"]), documents=papers)
        bring = part(page, 'id="bring"')
        assert bring.index("document-record") < bring.index("document-photo")
        assert "Original, <b>apostille</b>" in bring
        assert "From: You." in bring

    def test_a_tick_comes_back_to_this_page(self, client, task_page):
        page = task_page(procedure("a", needs=["photo"]))
        after = press_here(client, page, "document", "photo")
        assert after.redirect_chain[-1][0] == f"{address('task', task_page.checklist, 'a')}#document-photo"
        assert tick_of(after, "document", "photo")["aria-pressed"] == "true"

    def test_what_another_task_gives_leads_there(self, client, task_page):
        task_page(procedure("b", gives=["card"]), procedure("c", needs=["card"], order=2))
        bring = part(client.get(address("task", task_page.checklist, "c")), 'id="bring"')
        assert f'From: <a href="{address("task", task_page.checklist, "b")}">B</a>' in bring

    def test_what_does_as_well_is_named(self, task_page):
        bring = part(task_page(procedure("a", needs=[["visa", "card"]])), 'id="bring"')
        assert "Or instead: card." in bring

    def test_others_are_joined_by_or(self, task_page):
        bring = part(
            task_page(procedure("a", needs=[["visa", "card", {"documents": ["lease", "bill"]}]])), 'id="bring"'
        )
        assert "Or instead: card, or lease and bill together." in bring

    def test_information_is_only_had_ready(self, task_page):
        page = task_page(procedure("a", needs=["iban"]), documents=[document("iban", form="information")])
        assert words(part(page, '<h2 id="bring-title"', "</p>").partition(">")[2]) == "Have ready iban ."
        assert "tick-document-iban" not in page.text

    def test_what_only_some_offices_ask_for_comes_last(self, task_page):
        needs = [{"documents": ["rare"]}, {"documents": ["photo"]}]
        found = procedure("a", needs=needs).model_dump()
        found["requirements"][0]["discretion"] = "Only for couples"
        bring = part(task_page(schema.Procedure.model_validate(found)), 'id="bring"')
        assert bring.index("document-photo") < bring.index("document-rare")
        assert "Only for couples." in bring


def press_here(client, page, kind, key):
    """Press a tick with what the form of the page sends besides."""
    button = tick_of(page, kind, key)
    return client.post(button["formaction"], {"done": button["value"], **hidden_fields(page)}, follow=True)


class TestDo:
    STEPS = [{"key": "go", "text": "Go there.", "facts": ["law", "rule"]}, {"key": "pay", "text": "Pay."}]

    def test_steps_are_ticked_and_cite_their_facts_in_one_button(self, client, task_page):
        page = task_page(procedure("a", steps=self.STEPS))
        do = part(page, 'id="do"')
        [button] = re.findall(r'<button class="fact-ref"[^>]*>1, 2</button>', do)
        assert attributes(button)["aria-label"] == "Facts 1 and 2"
        note = page.text.partition(f'id="{attributes(button)["popovertarget"]}"')[2]
        assert note.count("It is the law.") == 2
        after = press_here(client, page, "step", "a--go")
        assert tick_of(after, "step", "a--go")["aria-pressed"] == "true"

    def test_the_deed_is_named_for_what_it_gives_and_can_be_taken_back(self, client, task_page):
        page = task_page(procedure("a", gives=["card"]))
        assert "I have it: card</button>" in part(page, 'id="do"')
        after = press_here(client, page, "procedure", "a")
        assert "Not done after all</button>" in part(after, 'id="do"')
        assert ">Done</h2>" in frame(after)
        again = press_here(client, after, "procedure", "a")
        assert "I have it: card</button>" in part(again, 'id="do"')

    def test_all_steps_done_suggest_it(self, task_page):
        page = task_page(procedure("a", steps=self.STEPS), items=[("step", "a/go"), ("step", "a/pay")])
        do = part(page, 'id="do"')
        assert "All steps are ticked. Is this task finished?" in do
        assert "button--main" in do

    def test_a_duty_without_an_end_has_days_and_no_deed(self, client, task_page):
        duty = {"key": "return", "text": "File the return.", "first": "start", "every": "3 months", "facts": ["law"]}
        page = task_page(procedure("tax", ongoing=True, recurring=[duty]), start="2027-01-15")
        assert "Next: 15 January 2027 (Friday), in 55 days" in plain(frame(page))
        assert "I have an appointment" not in page.text
        do = part(page, 'id="do"')
        assert "15 January 2027 (Friday)" in do
        assert "tick-procedure-tax" not in page.text
        after = press_here(client, page, "recurring", "tax--return--2027-01-15")
        assert tick_of(after, "recurring", "tax--return--2027-01-15")["aria-pressed"] == "true"
        assert 'id="recurring-tax--return--2027-07-15"' in after.text

    def test_what_answers_say_is_done_leads_to_them(self, task_page):
        do = part(task_page(procedure("a", done_when="works"), works=True), 'id="do"')
        assert f'href="{address("answers", task_page.checklist)}"' in do


class TestFolds:
    def pitfall(self, key, text="It can go wrong."):
        return {"key": key, "text": text, "fix": "Take care.", "facts": [key]}

    def test_only_the_pitfall_that_costs_most_stands_open(self, task_page):
        dear = deadline("deadline", "start", cost="A fine.", facts=["rule"])
        pitfalls = [self.pitfall("law"), self.pitfall("rule", "You are late. You pay.")]
        page = task_page(procedure("a", deadlines=[dear], pitfalls=pitfalls), start="2027-01-29")
        shown = part(page, "Watch out")
        assert '<p class="note__title">You are late.</p>' in shown
        assert "It can go wrong." not in shown
        assert "It can go wrong." in part(page, "One more pitfall", "</details>")

    def test_one_about_another_way_does_not_stand_open(self, task_page):
        desks = [channel(facts=["law"]), channel("representative", name="Lawyer", facts=["rule"])]
        pitfalls = [self.pitfall("rule", "The lawyer costs."), self.pitfall("law")]
        page = task_page(procedure("a", channels=desks, pitfalls=pitfalls))
        assert "It can go wrong." in part(page, "Watch out")

    def test_other_ways_are_counted_and_finish_the_task(self, client, task_page):
        desks = [channel(), channel("post", name="Letter")]
        ways = procedure("desk-way", gives=["card"], channels=desks), procedure("web-way", order=2, gives=["card"])
        page = task_page(*ways, tasks=[task("number", "desk-way", "web-way")], key="number")
        folded = part(page, "Other ways (2)", "</details>")
        assert "Letter" in folded
        assert "Web-Way" in folded
        after = press_here(client, page, "procedure", "web-way")
        assert task_page.checklist.items.get().key == "web-way"
        assert "Not done after all" in after.text

    def test_sources_are_a_short_list(self, task_page):
        page = task_page(procedure("a", facts=["law"]))
        folded = part(page, "Why this is on your list, and sources (1)", "</details>")
        assert 'The state: <a href="https://state.example/leaflet" rel="noopener">Leaflet</a>' in folded
        assert "Official source, 1 November 2026" in folded

    def test_costs_are_told_in_the_frame_and_in_full(self, task_page):
        page = task_page(procedure("a", days=0, fees=[{"key": "fee", "text": "To be paid there.", "amount": 12.5}]))
        assert "Desk, in person · 12.50 € · on the spot" in frame(page)
        assert "To be paid there." in part(page, "What it costs", "</details>")

    def test_the_glance_has_the_office_by_its_own_name(self, task_page):
        glance = part(task_page(procedure("a", gives=["card"])), 'class="facts"', "</dl>")
        assert 'The Office<span class="local" lang="en">La Oficina</span>' in glance
        assert "card" in glance


def test_every_task_of_known_people_is_short(client, freelancer, employee):
    for checklist in (freelancer, employee):
        links = set(re.findall(r'href="(/c/[^"]+/tasks/[^"]+/)"', client.get(checklist.get_absolute_url()).text))
        assert len(links) > 5
        sizes = {link: len(client.get(link).content) for link in links}
        assert max(sizes.values()) <= 60_000, sizes


def test_queries_are_few(client, employee, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(address("task", employee, "tax-number"))


def test_notes_are_written_and_shown_here(client, task_page):
    page = task_page(procedure("a"))
    link = re.search(r'id="edit-note" href="([^"]+)"', page.text)[1].replace("&amp;", "&")
    form = client.get(link)
    assert not re.search(r'name="date', form.text)
    after = client.post(link.partition("?")[0], {**hidden_fields(form), "note": "<b>Ask</b> Ana"}, follow=True)
    assert "&lt;b&gt;Ask&lt;/b&gt; Ana" in part(after, 'id="note" open', "</details>")
    assert press(client, after, "procedure", "a").status_code == 200
