"""Cases copied within the database: a hundred thousand in seconds."""

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

from checklists.models import Case, CaseDeadline, CasePerson, CaseWord

# In the order in which they can be made, each with the columns that point to a copied row.
COPIED = {
    Case: ("id",),
    CasePerson: ("id", "case_id"),
    CaseWord: ("id", "case_id"),
    CaseDeadline: ("id", "case_id", "person_id"),
    Case.labels.through: ("id", "case_id"),
}


def copy_cases(firm, times):
    """Add copies of the firm's cases and of all that belongs to them until there are ``times`` as many."""
    last = firm.cases.aggregate(last=Max("pk"))["last"]
    step = 1 + max(model.objects.aggregate(last=Max("pk"))["last"] for model in COPIED)
    with connection.cursor() as cursor:
        for model, keys in COPIED.items():
            for copy in range(1, times):
                cursor.execute(_copying(model, keys, copy, copy * step), [firm.pk, last])
        for statement in connection.ops.sequence_reset_sql(no_style(), list(COPIED)):
            cursor.execute(statement)


def _copying(model, keys, copy, shift):
    table, cases = model._meta.db_table, Case._meta.db_table
    columns = [field.column for field in model._meta.local_concrete_fields]
    # A door is the one value that may not be twice.
    other = dict.fromkeys(keys, f"+ {shift}") | {"door": f"|| '{copy}'"}
    values = (f"{'SUBSTR(door, 1, 36)' if name == 'door' else name} {other.get(name, '')}" for name in columns)
    case = "case_id" if "case_id" in keys else "id"
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} "
        f"WHERE {case} IN (SELECT id FROM {cases} WHERE organisation_id = %s AND id <= %s)"
    )
