"""The documents that are made for serving, kept with their digests. The JSON of an edition is served as stored."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from guides.catalogue.schema import Catalogue
from guides.editions.publishing import catalogue_of
from guides.models import Edition

from .changes import changes_of
from .linked_data import Imprint, linked_data


@dataclass(frozen=True)
class Document:
    """Bytes in UTF-8, and their SHA-256 in hexadecimal."""

    body: bytes
    digest: str

    @classmethod
    def of(cls, data: Any) -> Self:
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        return cls(body, hashlib.sha256(body).hexdigest())


@lru_cache(maxsize=4)
def linked_data_document(imprint: Imprint, site: str) -> Document:
    """An edition as JSON-LD. Raises Edition.DoesNotExist."""
    return Document.of(linked_data(catalogue_of(imprint.number), imprint, site))


@lru_cache(maxsize=4)
def changes_document(number: int, _digest: str) -> Document:
    """What an edition changed. Raises Edition.DoesNotExist, and CatalogueError for one that cannot be read any more."""
    return Document.of(changes_of(Edition.objects.defer("content").get(number=number)))


@lru_cache(maxsize=4)
def schema_document(address: str) -> Document:
    """The JSON Schema of an edition's JSON. A field that an edition leaves out has the default it states."""
    schema = Catalogue.model_json_schema(mode="validation")
    return Document.of({"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": address, **schema})
