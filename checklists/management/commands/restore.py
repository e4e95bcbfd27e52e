from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from checklists.management.backups import BackupError, load_backup, of_this_release


class Command(BaseCommand):
    help = (
        "Make this database what a file of `backup` holds, and prove it: rows, histories, edition. Stop the site first."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="delete what the database holds now")

    def handle(self, *, file, replace, **options):
        try:
            proof, wrong = load_backup(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from None
        if wrong:
            raise CommandError("It is not what was backed up:\n" + "\n".join(f"  {text}" for text in wrong))
        rows, edition = sum(proof["tables"].values()), proof["edition"]
        self.stdout.write(
            f"{rows} rows, edition {edition[0] if edition else 'none'}, {len(proof['histories'])} firms: as they were."
        )
        if not of_this_release():
            self.stdout.write("It is of another release. Run migrate, and then verify_history.")
