import pytest

from checklists.firms.sharing.services import make_code, take_code
from checklists.models import Checklist, ShareCode
from tests.checklists.conftest import answers_of

EVERYTHING = {"shares_checklist": True, "shares_documents": True, "shares_notes": True}


@pytest.fixture
def checklist(published, today) -> Checklist:
    """Somebody's own checklist, which no firm has seen yet."""
    return Checklist.objects.start(answers=answers_of("es-05"), edition=1)


@pytest.fixture
def code_of():
    """Makes a code for a checklist, by which a firm sees everything but what is said."""

    def make(checklist, **shares) -> ShareCode:
        return make_code(checklist=checklist, **EVERYTHING | shares)

    return make


@pytest.fixture
def place(checklist, firm, code_of):
    """The checklist's place at the firm, whose advisor has used a code that shares everything."""
    return take_code(code=code_of(checklist), organisation=firm.organisation, by=firm.advisor, name="Ana Silva")
