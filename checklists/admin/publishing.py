"""The pages about editions, with what an edition changes for personas and for live checklists."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import admin

from checklists.models import Checklist, Persona
from checklists.updates.counts_of_affected import CountsOfAffected, counts_of_affected
from checklists.updates.forecast import Forecast, who_is_told
from checklists.updates.lost_answers import LostAnswers, lost_answers
from checklists.updates.personas import PersonaEffect, persona_effects
from guides import clock
from guides.editing.editions import EditionAdmin
from guides.editions.pending_edition import PendingEdition
from guides.models import Edition

# With more checklists than this, their part of the page is worked out on demand: it takes some seconds.
MANY = 20_000

admin.site.unregister(Edition)


@dataclass(frozen=True)
class Effects:
    """What a pending edition changes for whom. Nothing is worked out before the page asks."""

    found: PendingEdition
    is_asked: bool
    template = "admin/checklists/effects.html"

    @property
    def is_known(self) -> bool:
        return self.found.compiled is not None

    @cached_property
    def checklists(self) -> int:
        return Checklist.objects.live().count()

    @property
    def shows_live(self) -> bool:
        return self.is_asked or self.checklists <= MANY

    @cached_property
    def live(self) -> CountsOfAffected:
        return counts_of_affected(self.found.current, self.found.compiled, clock.today())

    @cached_property
    def lost(self) -> LostAnswers:
        return lost_answers(self.found.current, self.found.compiled, clock.today())

    @cached_property
    def told(self) -> Forecast:
        found = self.found
        return who_is_told(found.current, found.compiled, found.next_number, clock.today(), is_asked=self.is_asked)

    @cached_property
    def personas(self) -> tuple[list[PersonaEffect], list[Persona]]:
        return persona_effects(self.found.current, self.found.compiled, clock.today())


@admin.register(Edition)
class EditionWithEffectsAdmin(EditionAdmin):
    def effects_of(self, request, found: PendingEdition) -> Effects:
        return Effects(found, is_asked="live" in request.GET)
