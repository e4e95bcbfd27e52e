import datetime

import pytest

from checklists.models import Case, Organisation
from checklists.privacy.keeping import deletion_day


@pytest.mark.parametrize(
    ("archived", "months", "goes"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2024-01-15", 24, "2026-01-15"),
        ("2025-12-31", 12, "2026-12-31"),
    ],
)
def test_months_end_where_the_month_ends(archived, months, goes):
    told = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    firm = Organisation(keep_months=months, time_zone="UTC")
    day = datetime.datetime.fromisoformat(f"{archived}T12:00+00:00")
    case = Case(organisation=firm, archived_at=day, deletion_told_at=told)
    assert deletion_day(case) == datetime.date.fromisoformat(goes)
