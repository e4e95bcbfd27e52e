import datetime
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guides.catalogue import checks
from guides.catalogue.problems import CatalogueError
from guides.catalogue.yaml_files import read_catalogue
from guides.editions.working_copy import snapshot

MOST_LISTED = 20


class Command(BaseCommand):
    help = "Check the working copy, or content files, and print every problem. Fails if there is an error."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, help="a folder of content instead of the working copy")
        parser.add_argument("--today", type=_day, help="check as if today were this day (YYYY-MM-DD)")

    def handle(self, *, path, today, **options):
        try:
            problems = checks.check(read_catalogue(path) if path else snapshot(), today)
        except CatalogueError as error:
            problems = list(error.problems)
        for problem in problems:
            self.stdout.write(f"{problem.level}: {problem}")
            if problem.using:
                self.stdout.write(f"  and {len(problem.using)} entries that use it: {_listed(problem.using)}")
            if problem.example is not None:
                self.stdout.write(f"  for example: {json.dumps(problem.example)}")
        errors = sum(problem.level == "error" for problem in problems)
        if errors:
            raise CommandError(f"{errors} errors, {len(problems) - errors} warnings.")
        self.stdout.write(f"No errors, {len(problems)} warnings.")


def _listed(entries):
    """The first entries of a list, and how many more there are."""
    more = len(entries) - MOST_LISTED
    shown = ", ".join(" ".join(entry) for entry in entries[:MOST_LISTED])
    return f"{shown} and {more} more" if more > 0 else shown


def _day(text):
    return datetime.date.fromisoformat(text)
