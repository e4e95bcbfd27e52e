from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from checklists.management.backups import BackupError, forget_older, write_backup


class Command(BaseCommand):
    help = "Write the whole database into a new file of this folder, and beside it a proof for `restore`."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep-days", type=int, help="afterwards delete backups in the folder that are older")

    def handle(self, *, folder, keep_days, **options):
        try:
            file, proof = write_backup(folder)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from None
        rows, edition = sum(proof["tables"].values()), proof["edition"]
        self.stdout.write(str(file))
        self.stdout.write(f"{rows} rows, edition {edition[0] if edition else 'none'}, {len(proof['histories'])} firms.")
        if keep_days is not None and (count := forget_older(folder, keep_days)):
            self.stdout.write(f"Deleted {count} older backups.")
