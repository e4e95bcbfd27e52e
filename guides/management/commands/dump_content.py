from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guides.catalogue.problems import CatalogueError
from guides.catalogue.writing import write_catalogue
from guides.editions.working_copy import snapshot


class Command(BaseCommand):
    help = "Write the working copy as content files. Files that already say the same keep their bytes."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="a folder; it may hold content already")

    def handle(self, *, path, **options):
        try:
            written = write_catalogue(snapshot(), path)
        except CatalogueError as error:
            raise CommandError(f"Nothing was written.\n{error}") from None
        for name in written:
            self.stdout.write(str(path / name))
        self.stdout.write(f"{len(written)} files written.")
