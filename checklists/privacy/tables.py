"""What is known of people: every column of every table, classified here and only here.

Each table names all of its columns by kind. ``export`` and ``erasing`` follow this list, and a test fails for a column
that it does not know. In the tables of ``WITHOUT_PEOPLE`` nothing is personal.
"""

from enum import StrEnum


class Kind(StrEnum):
    """Why a column is personal, or that it is not.

    NAME: what somebody is called. CONTACT: where they are reached. TOLD: what they answered, ticked or wrote, or
    what was worked out of it. WRITTEN: what others wrote to them or about them. INTERNAL: what a firm noted for
    itself; it is erased like the rest, and a copy tells that it is there, but only the firm hands it out. ACTS:
    what they did, and when. DEVICE: from where they came. PERSON: which account a row belongs to or speaks of.
    SECRET: what opens something for them; it is erased like the rest, but handed out to nobody, because whoever
    holds a copy could use it. NOTHING: says nothing of anybody.
    """

    NAME = "name"
    CONTACT = "contact"
    TOLD = "told"
    WRITTEN = "written"
    INTERNAL = "internal"
    ACTS = "acts"
    DEVICE = "device"
    PERSON = "person"
    SECRET = "secret"
    NOTHING = "nothing"


NAME, CONTACT, TOLD, WRITTEN, INTERNAL, ACTS, DEVICE, PERSON, SECRET, NOTHING = Kind

COLUMNS: dict[str, dict[Kind, str]] = {
    # Accounts
    "checklists.User": {
        NAME: "first_name last_name",
        CONTACT: "email",
        ACTS: "date_joined last_login",
        SECRET: "password",
        PERSON: "username",
        NOTHING: "id is_superuser is_staff is_active",
    },
    "checklists.User_groups": {PERSON: "user", NOTHING: "id group"},
    "checklists.User_user_permissions": {PERSON: "user", NOTHING: "id permission"},
    "account.EmailAddress": {CONTACT: "email", PERSON: "user", NOTHING: "id verified primary"},
    "account.EmailConfirmation": {ACTS: "created sent", SECRET: "key", PERSON: "email_address", NOTHING: "id"},
    "mfa.Authenticator": {ACTS: "created_at last_used_at", SECRET: "data", PERSON: "user", NOTHING: "id type"},
    "usersessions.UserSession": {
        ACTS: "created_at last_seen_at",
        DEVICE: "ip user_agent data",
        SECRET: "session_key",
        PERSON: "user",
        NOTHING: "id",
    },
    "sessions.Session": {SECRET: "session_key session_data", NOTHING: "expire_date"},
    "admin.LogEntry": {
        ACTS: "action_time object_repr change_message",
        PERSON: "user",
        NOTHING: "id content_type object_id action_flag",
    },
    # Checklists
    "checklists.Checklist": {
        TOLD: "answers put_aside confirmed",
        ACTS: "created_at updated_at claimed_at link_replaced_at",
        SECRET: "token",
        PERSON: "owner",
        NOTHING: "id edition version preview",
    },
    "checklists.ChecklistItem": {
        TOLD: "kind key done date time office address note",
        ACTS: "updated_at",
        PERSON: "checklist",
        NOTHING: "id version",
    },
    "checklists.ChangeNotice": {
        TOLD: "changes",
        ACTS: "acknowledged_at",
        PERSON: "checklist",
        NOTHING: "id edition published_at",
    },
    "checklists.Subscription": {
        CONTACT: "email",
        ACTS: "agreed_at confirmed_at",
        SECRET: "key",
        PERSON: "checklist",
        NOTHING: "id",
    },
    "checklists.ShareCode": {
        ACTS: "created_at expires_at used_at",
        SECRET: "code",
        PERSON: "checklist",
        NOTHING: "id shares_checklist shares_documents shares_notes",
    },
    # Cases
    "checklists.Case": {
        NAME: "name",
        CONTACT: "email",
        TOLD: "destination target_date next_deadline next_step tasks_done tasks_total progress has_problem",
        WRITTEN: "reference",
        ACTS: "created_at archived_at active_at erased_at",
        PERSON: "assignee",
        NOTHING: "id organisation stage priority waiting_for version deletion_told_at summarised_on",
    },
    "checklists.Case_followers": {PERSON: "user", NOTHING: "id case"},
    "checklists.Case_labels": {WRITTEN: "case label", NOTHING: "id"},
    "checklists.CasePerson": {
        NAME: "name",
        CONTACT: "email",
        ACTS: "granted_at revoked_at sent_at",
        SECRET: "door",
        PERSON: "checklist",
        NOTHING: "id case shares_checklist shares_documents shares_notes told_until",
    },
    "checklists.SharedDocument": {TOLD: "key", PERSON: "case", NOTHING: "id"},
    "checklists.CaseDeadline": {TOLD: "procedure day", PERSON: "case person", NOTHING: "id organisation"},
    "checklists.CaseWord": {NAME: "word", PERSON: "case", NOTHING: "id organisation"},
    "checklists.CaseImport": {
        WRITTEN: "name content",
        ACTS: "uploaded_at",
        PERSON: "user",
        NOTHING: "id organisation",
    },
    "checklists.CaseNote": {INTERNAL: "text", ACTS: "created_at", PERSON: "case author", NOTHING: "id"},
    "checklists.Message": {
        WRITTEN: "text",
        ACTS: "created_at read_at",
        PERSON: "person author",
        NOTHING: "id from_client",
    },
    "checklists.Request": {
        WRITTEN: "document text due",
        TOLD: "answer",
        ACTS: "created_at answered_at withdrawn_at",
        PERSON: "person author",
        NOTHING: "id",
    },
    "checklists.FirmTask": {
        WRITTEN: "text due",
        ACTS: "created_at done_at",
        PERSON: "person author",
        NOTHING: "id",
    },
    "checklists.Visit": {NAME: "name", ACTS: "what at", PERSON: "person user", NOTHING: "id"},
    "checklists.OutgoingMail": {
        CONTACT: "to",
        WRITTEN: "kind about",
        ACTS: "created_at sent_at given_up_at given_up_for",
        PERSON: "person subscription notice",
        NOTHING: "id message_id tries next_try_at organisation",
    },
    # Firms
    "checklists.Membership": {ACTS: "joined_at", PERSON: "user", NOTHING: "id organisation role"},
    "checklists.Invitation": {
        CONTACT: "email",
        ACTS: "created_at expires_at used_at",
        SECRET: "key",
        PERSON: "invited_by",
        NOTHING: "id organisation role",
    },
    "checklists.SavedView": {TOLD: "name query", PERSON: "user", NOTHING: "id organisation"},
    "checklists.ReadMarker": {ACTS: "number at", PERSON: "case user", NOTHING: "id"},
    "checklists.HistoryEntry": {
        ACTS: "at verb",
        WRITTEN: "details",
        PERSON: "case_number person_number actor_number",
        # Random, and what is worked out of it: without the details they say nothing.
        NOTHING: "id organisation number salt digest hash",
    },
    "checklists.Organisation": {
        # Many a firm is called after its owner.
        NAME: "name slug",
        NOTHING: (
            "id time_zone keep_months stuck_after_days mail_shows_content history_length history_head cases_changed"
            " created_at"
        ),
    },
    # Editors, and readers who report
    "guides.Edition": {
        ACTS: "published_at",
        PERSON: "publisher",
        NOTHING: "id number note word quiet restored added changed removed content digest",
    },
    "guides.Publication": {
        ACTS: "asked_at agreed_at ended_at",
        PERSON: "asked_by agreed_by",
        NOTHING: "id note word quiet held content since publish_at outcome edition",
    },
    "guides.Verification": {ACTS: "day made_at", PERSON: "by", NOTHING: "id fact note"},
    "guides.Upload": {ACTS: "uploaded_at", PERSON: "user", NOTHING: "id name section content"},
    "guides.Report": {
        ACTS: "handled_at",
        PERSON: "handled_by",
        # Sent without an account and without an address: nothing tells who wrote it.
        NOTHING: "id edition country procedure fact office month words received_on state note",
    },
    "guides.ReportSender": {
        # A keyed hash of a network address, gone with the first report of another day.
        NOTHING: "id day sender count last_at",
    },
    "checklists.TimedEntry": {
        # How often and when, under keyed hashes of what is counted: a network address, say. Gone the night after.
        # For a quarter of an hour also the numbers of the accounts that have an entry of the working copy open.
        NOTHING: "key number value ends_at",
    },
    "checklists.Persona": {ACTS: "created_at", PERSON: "made_by", NOTHING: "id name answers day note"},
}

# The catalogue, what a firm sets up for its work, and what Django keeps of itself.
_CATALOGUE_AND_SETTINGS = """
    guides.Country guides.Authority guides.Source guides.Fact guides.Fact_sources guides.Fact_disagrees_with
    guides.Fact_replaces guides.Link guides.Link_facts guides.Step_links guides.Pointer guides.Pointer_links
    guides.Pointer_facts
    guides.Document guides.Document_facts guides.Parameter guides.ParameterRow guides.ParameterRow_facts
    guides.Procedure guides.Procedure_outputs guides.Procedure_facts guides.Dependency guides.Dependency_facts
    guides.Requirement guides.Requirement_facts guides.Alternative guides.Alternative_documents
    guides.Alternative_facts guides.Guide guides.Guide_procedures guides.Guide_related guides.Channel
    guides.Channel_facts guides.Step guides.Step_facts guides.Fee guides.Fee_facts guides.Deadline
    guides.Deadline_facts guides.Pitfall guides.Pitfall_facts guides.Faq guides.Faq_facts guides.Question
    guides.Option guides.Term guides.Hint guides.Cover guides.Cover_facts guides.Recurring guides.Recurring_facts
    guides.Task guides.Task_ways guides.Alert guides.Alert_stops guides.Alert_facts
    checklists.Stage checklists.Label checklists.AnswerTemplate checklists.Rollout
    auth.Permission auth.Group auth.Group_permissions contenttypes.ContentType
    django_tasks_database.DBTaskResult
"""
WITHOUT_PEOPLE = frozenset(_CATALOGUE_AND_SETTINGS.split())


def kinds_of(label: str) -> dict[str, Kind]:
    """The kind of each column of a table ("app.Model"); nothing for tables that are not listed."""
    return {column: kind for kind, columns in COLUMNS.get(label, {}).items() for column in columns.split()}


def handed_out(label: str) -> list[str]:
    """The columns that a copy of somebody's data holds."""
    return [column for column, kind in kinds_of(label).items() if kind not in (NOTHING, SECRET, INTERNAL)]


def tables_of_people() -> list[str]:
    """The tables with a personal column."""
    return [label for label, kinds in COLUMNS.items() if kinds.keys() - {NOTHING}]
