from django.core.management.base import BaseCommand, CommandError

from guides.catalogue.problems import CatalogueError
from guides.editions.publications import publish_due
from guides.editions.publishing import edition_number, publish


class Command(BaseCommand):
    help = "Publish the working copy as a new edition."

    def add_arguments(self, parser):
        parser.add_argument("--note", default="", help="what changed, for the readers")
        parser.add_argument("--word", default="", help="why it is published in spite of warnings")
        parser.add_argument("--if-changed", action="store_true", help="do nothing when it equals the current edition")

        parser.add_argument("--quiet", action="store_true", help="tell nobody: for corrections of words")
        parser.add_argument("--due", action="store_true", help="only what was planned in the admin and is due")

    def handle(self, *, note, word, if_changed, quiet, due, **options):
        if due:
            for row in publish_due():
                self.stdout.write(f"{row.edition} is current, as planned." if row.edition else row.outcome)
            return
        before = edition_number()
        try:
            edition = publish(actor=None, note=note, word=word, quiet=quiet, only_if_changed=if_changed)
        except CatalogueError as error:
            raise CommandError(f"Nothing was published.\n{error}") from None
        unchanged = edition.number == before
        self.stdout.write(f"{edition} is current{' and says the same' if unchanged else ''}.")
