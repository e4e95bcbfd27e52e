"""The catalogue that the project ships, read once for all tests that need real content."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.yaml_files import read_catalogue

CONTENT = Path(settings.BASE_DIR) / "guides" / "content"


@cache
def shipped_catalogue() -> CompiledCatalogue:
    return CompiledCatalogue(read_catalogue(CONTENT), number=1)


@cache
def shipped_edition() -> dict:
    """The fields of an edition that publishes the shipped catalogue."""
    content = shipped_catalogue().catalogue.model_dump_json(exclude_defaults=True)
    return {"number": 1, "content": content, "digest": hashlib.sha256(content.encode()).hexdigest()}
