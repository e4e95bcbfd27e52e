from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from guides.catalogue.problems import CatalogueError
from guides.catalogue.writing import SHIPPED
from guides.catalogue.yaml_files import read_catalogue
from guides.editions.loading import load


class Command(BaseCommand):
    help = "Load content files into the working copy. What editors changed stays, unless --overwrite is given."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, default=SHIPPED, help="a folder of content (the shipped one)")
        parser.add_argument("--overwrite", action="store_true", help="replace what editors changed")

    def handle(self, *, path, overwrite, verbosity, **options):
        if not path.is_dir():
            raise CommandError(f"{path} is not a folder.")
        try:
            report = load(read_catalogue(path), overwrite=overwrite)
        except CatalogueError as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from None
        for name in ("created", "updated", "removed", "kept"):
            for place in getattr(report, name) if verbosity > 1 or name == "kept" else ():
                self.stdout.write(f"{name}: {place}")
        self.stdout.write(
            f"{len(report.created)} created, {len(report.updated)} updated, {len(report.removed)} removed, "
            f"{len(report.kept)} kept as edited here, {report.unchanged} unchanged."
        )
