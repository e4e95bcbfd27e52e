"""How long things are kept. The page about privacy, the notices and ``keep_house`` all read these figures."""

import datetime

from checklists.mail.sending import UNCONFIRMED_FOR
from checklists.models.firms import INVITATION_LASTS
from checklists.models.imports import IMPORT_LASTS
from checklists.models.sharing import CODE_LASTS

# A checklist that belongs to no account and to no open case, after its last change.
ANONYMOUS = datetime.timedelta(days=180)
# Between the word to a firm's owners and the deletion of an archived case.
NOTICE = datetime.timedelta(days=30)
# Which member of a firm looked at a checklist.
VISITS = datetime.timedelta(days=730)
# Invitations and codes after they were used or ran out, and letters after they were sent or given up.
SPENT = datetime.timedelta(days=30)
# An account whose address was never confirmed.
UNCONFIRMED_ACCOUNT = datetime.timedelta(days=30)


def in_words() -> dict[str, int]:
    """The figures for the page about privacy, in days."""
    return {
        "anonymous": ANONYMOUS.days,
        "notice": NOTICE.days,
        "visits": VISITS.days,
        "spent": SPENT.days,
        "unconfirmed_account": UNCONFIRMED_ACCOUNT.days,
        "unconfirmed_mail": UNCONFIRMED_FOR.days,
        "invitation": INVITATION_LASTS.days,
        "code": CODE_LASTS.days,
        "import": IMPORT_LASTS.days,
    }
