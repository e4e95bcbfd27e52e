"""Opening many cases at once, from rows that were looked at before: all of them or none."""

from django.db import transaction

from checklists.firms.history.chain import Event, record_all
from checklists.models import Case, CaseDeadline, CaseImport, CasePerson, Checklist, Organisation, User
from checklists.seen import Changed
from guides.models import Edition

from .fields import keep_words
from .import_file import read_sheet
from .import_rows import Row, preview_of
from .summaries import OwnTasks, facts_of_checklist, set_summary

AT_ONCE = 500


@transaction.atomic
def import_cases(*, upload: CaseImport, with_duplicates: bool, seen: str, by: User) -> int:
    """Open the cases of a file and forget it. How many they are.

    Raises Changed, with the preview as it is now, if the file would not open what was seen.

    Raises CaseImport.DoesNotExist if somebody has imported or cancelled it meanwhile.
    """
    organisation = upload.organisation.lock()
    upload = organisation.imports.select_for_update(no_key=True).get(pk=upload.pk)
    preview = preview_of(read_sheet(bytes(upload.content)), organisation)
    rows = preview.wanted(with_duplicates=with_duplicates)
    if preview.problems or preview.fingerprint != seen:
        raise Changed(preview)
    opening = Opening(organisation, by, upload.name)
    for start in range(0, len(rows), AT_ONCE):
        opening.open(rows[start : start + AT_ONCE])
    upload.delete()
    return len(rows)


class Opening:
    """One import, in batches."""

    def __init__(self, organisation: Organisation, by: User, file: str):
        self.organisation, self.by, self.file = organisation, by, file
        self.edition, self.today = Edition.objects.newest(), organisation.today()
        self.first_stage = organisation.stages.first()

    def open(self, rows: list[Row]) -> None:
        cases = [self._case(row) for row in rows]
        people = [self._person(case) for case in cases]
        deadlines = [
            deadline
            for case, person in zip(cases, people, strict=True)
            for deadline in set_summary(
                case, [(person, facts_of_checklist(person.checklist, [], self.today))], OwnTasks()
            )
        ]
        Case.objects.bulk_create(cases)
        Checklist.objects.bulk_create(person.checklist for person in people)
        CasePerson.objects.bulk_create(people)
        CaseDeadline.objects.bulk_create(deadlines)
        self._label(cases, rows)
        keep_words(cases)
        details = {"file": self.file}
        events = [
            event
            for case, person in zip(cases, people, strict=True)
            for event in (
                Event("case-imported", case=case, by=self.by, details=details),
                Event("person-added", person=person, by=self.by),
            )
        ]
        record_all(self.organisation, events)

    def _case(self, row: Row) -> Case:
        values = {name: value for name, value in row.values.items() if name != "labels"}
        values["stage"] = values.get("stage") or self.first_stage
        return Case(organisation=self.organisation, **values)

    def _person(self, case: Case) -> CasePerson:
        answers = {"destination": case.destination} if case.destination else {}
        checklist = Checklist(answers=answers, edition=self.edition)
        return CasePerson(case=case, name=case.name, email=case.email, checklist=checklist)

    def _label(self, cases: list[Case], rows: list[Row]) -> None:
        through = Case.labels.through
        through.objects.bulk_create(
            through(case=case, label=label)
            for case, row in zip(cases, rows, strict=True)
            for label in row.values.get("labels", ())
        )
