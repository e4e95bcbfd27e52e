from django.core.management.base import BaseCommand, CommandError

from checklists.firms.history.verifying import verify
from checklists.models import Organisation


class Command(BaseCommand):
    help = (
        "Verify the history of every firm: nothing changed, taken out, put in or moved. "
        "Exits with status 1 and names the first broken entry of each firm otherwise."
    )

    def add_arguments(self, parser):
        parser.add_argument("--firm", metavar="SLUG", help="only this firm")
        parser.add_argument(
            "--expect",
            metavar="SLUG=HASH",
            action="append",
            default=[],
            help="a hash that was printed before and kept elsewhere; it must still be in the firm's history",
        )

    def handle(self, *, firm, expect, **options):
        expected = dict(_pair(text) for text in expect)
        organisations = Organisation.objects.order_by("slug")
        if firm:
            organisations = organisations.filter(slug=firm)
        slugs = set(organisations.values_list("slug", flat=True))
        unknown = sorted(({firm, *expected} if firm else set(expected)) - slugs)
        if unknown:
            raise CommandError(f"There is no such firm: {', '.join(unknown)}.", returncode=2)
        broken = [organisation.slug for organisation in organisations if not self._report(organisation, expected)]
        if broken:
            raise CommandError(f"Broken: {', '.join(broken)}.")

    def _report(self, organisation, expected) -> bool:
        """Print one line about this firm; whether its history is whole."""
        verdict = verify(organisation, expected.get(organisation.slug, ""))
        if verdict.broken is not None:
            self.stdout.write(f"{organisation.slug}: broken at entry {verdict.broken}: {verdict.why}.")
            return False
        erased = f", details of {verdict.erased} erased" if verdict.erased else ""
        self.stdout.write(
            f"{organisation.slug}: {verdict.entries} entries, whole{erased}; last hash {verdict.head or 'none'}"
        )
        return True


def _pair(text: str) -> tuple[str, str]:
    slug, equals, digest = text.partition("=")
    if not (slug and equals and digest):
        raise CommandError("Write --expect SLUG=HASH.", returncode=2)
    return slug, digest.lower()
