import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from checklists.planner import as_json
from checklists.planning import BadAnswers, plan_answers, unwrap
from guides import clock
from guides.catalogue.compiled import DESTINATION
from guides.conditions.answers import read_day
from guides.editions.publishing import current

BAD_INPUT = 2
LARGEST_FILE = 256 * 1024


class Command(BaseCommand):
    help = "Print the plan for a JSON file of answers. Exits with status 2 if the file cannot be used."

    def add_arguments(self, parser):
        parser.add_argument("answers", help="JSON file of answers, or - for standard input")
        parser.add_argument("--today", type=read_day, help="plan as if today were this day (YYYY-MM-DD)")

    def handle(self, *, answers, today, **options):
        raw = self._read(answers)
        compiled = current()
        if not compiled.number:
            raise CommandError("No edition is published yet. Run load_content and publish first.")
        try:
            found, day = unwrap(raw)
            plan = plan_answers(compiled, found, today or day or clock.today())
        except BadAnswers as error:
            lines = [f"  {problem.key or answers}: {problem.message}" for problem in error.problems]
            raise CommandError("These answers cannot be used:\n" + "\n".join(lines), returncode=BAD_INPUT) from None
        output = as_json(plan, compiled.questions_for(found.get(DESTINATION)))
        self.stdout.write(json.dumps(output, ensure_ascii=False, indent=2))

    def _read(self, name):
        try:
            data = sys.stdin.buffer.read(LARGEST_FILE + 1) if name == "-" else Path(name).read_bytes()
            if len(data) > LARGEST_FILE:
                raise CommandError(f"{name} is larger than {LARGEST_FILE // 1024} kB.", returncode=BAD_INPUT)
            raw = json.loads(data)
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error.strerror}.", returncode=BAD_INPUT) from None
        except (ValueError, RecursionError) as error:
            raise CommandError(f"{name} is not JSON: {error}", returncode=BAD_INPUT) from None
        return raw
