"""The catalogue that the project ships, read once for all tests that need real content."""

from functools import cache
from pathlib import Path

from django.conf import settings

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.yaml_files import read_catalogue

CONTENT = Path(settings.BASE_DIR) / "guides" / "content"


@cache
def shipped_catalogue() -> CompiledCatalogue:
    return CompiledCatalogue(read_catalogue(CONTENT), number=1)
