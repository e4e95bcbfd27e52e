from django.core.management.base import BaseCommand, CommandError

from guides.catalogue.problems import CatalogueError
from guides.editions.publishing import edition_number, publish


class Command(BaseCommand):
    help = "Publish the working copy as a new edition."

    def add_arguments(self, parser):
        parser.add_argument("--note", default="", help="what changed, for the readers")
        parser.add_argument("--word", default="", help="why it is published in spite of warnings")
        parser.add_argument("--if-changed", action="store_true", help="do nothing when it equals the current edition")

    def handle(self, *, note, word, if_changed, **options):
        before = edition_number()
        try:
            edition = publish(actor=None, note=note, word=word, only_if_changed=if_changed)
        except CatalogueError as error:
            raise CommandError(f"Nothing was published.\n{error}") from None
        unchanged = edition.number == before
        self.stdout.write(f"{edition} is current{' and says the same' if unchanged else ''}.")
