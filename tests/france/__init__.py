"""A third country as an example: invented content over the shipped one, and nothing else."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from guides.catalogue.compiled import CompiledCatalogue
from guides.catalogue.schema import Catalogue
from guides.catalogue.yaml_files import read_catalogue
from tests.shipped import CONTENT

# The two changes of shared files that CONTRIBUTING names: what they hold, and what takes its place.
SHARED = {
    "questions.yaml": (
        "  - {value: pt, label: Portugal, phrase: you are moving to Portugal}\n",
        "  - {value: pt, label: Portugal, phrase: you are moving to Portugal}\n"
        "  - {value: fr, label: France, phrase: you are moving to France}\n",
    ),
    "terms.yaml": (
        "not (to_portugal and portuguese_citizen)\n",
        "not (to_portugal and portuguese_citizen) and not (to_france and french_citizen)\n",
    ),
}


@cache
def three_countries() -> Catalogue:
    """The shipped catalogue with France beside Spain and Portugal."""
    with TemporaryDirectory() as folder:
        content = Path(shutil.copytree(CONTENT, Path(folder) / "content"))
        shutil.copytree(Path(__file__).parent / "fr", content / "fr")
        for name, (old, new) in SHARED.items():
            path = content / "shared" / name
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return read_catalogue(content)


@cache
def compiled() -> CompiledCatalogue:
    return CompiledCatalogue(three_countries(), number=1)
