"""What the catalogue does not describe, and that whoever it concerns is told."""

from django.urls import reverse

from guides.catalogue.described import not_described
from tests.shipped import shipped_catalogue


def test_whoever_is_not_described_is_told_so_and_whom_to_ask():
    compiled = shipped_catalogue()
    for country in compiled.countries:
        for question, option, alert in not_described(compiled, country):
            assert alert is not None, (country, question.key, option.value)
            assert alert.action, alert.key


def test_a_permit_with_a_procedure_is_described():
    values = {option.value for _question, option, _alert in not_described(shipped_catalogue(), "es")}
    assert "international_protection" in values
    assert values.isdisjoint({"work", "study", "digital_nomad", "retirement_or_passive_income", "eu_family"})


def test_the_page_about_the_site_lists_them(client, shipped):
    page = client.get(reverse("guides:about")).text
    told = page.partition('id="not-described"')[2].partition("<h2")[0]
    assert "Asylum or refugee status" in told
    assert "Remote work (digital nomad)" not in told
