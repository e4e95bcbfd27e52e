"""Zips and single YAML files: out, in, and what is refused."""

import io
import struct
import zipfile

import pytest

from guides.catalogue.problems import CatalogueError
from guides.catalogue.schema import Catalogue
from guides.catalogue.writing import write_catalogue
from guides.catalogue.yaml_files import read_catalogue
from guides.editing.exchange.archives import catalogue_zip, entries_yaml, read_yaml, read_zip
from guides.editions.merging import plan_merge
from tests.guides.small import changed
from tests.shipped import shipped_catalogue


def zipped(files, **options):
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return found.getvalue()


def refusal(content):
    with pytest.raises(CatalogueError) as refused:
        read_zip(content)
    return str(refused.value)


class TestZip:
    def test_holds_what_dump_content_writes(self, tmp_path):
        catalogue = shipped_catalogue().catalogue
        content = catalogue_zip(catalogue)
        write_catalogue(catalogue, tmp_path)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        del found["bases.yaml"]
        assert found == {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*.*")}

    def test_is_byte_stable(self, small):
        assert catalogue_zip(small) == catalogue_zip(Catalogue.model_validate(small.model_dump()))

    def test_unfolded_into_a_folder_it_is_content(self, small, tmp_path):
        zipfile.ZipFile(io.BytesIO(catalogue_zip(small))).extractall(tmp_path)
        assert sorted(read_catalogue(tmp_path).facts, key=lambda fact: fact.key) == sorted(
            small.facts, key=lambda fact: fact.key
        )

    @pytest.mark.django_db
    def test_comes_back_as_it_went_out(self, working_copy, small):
        incoming = read_zip(catalogue_zip(small))
        merge = plan_merge(incoming, overwrite=True, complete=True)
        assert (merge.changes, merge.kept, merge.problems) == ((), (), ())
        assert merge.unchanged == len(incoming.bases) == 21

    def test_files_of_operating_systems_are_passed_over(self):
        content = zipped({"__MACOSX/._a.yaml": b"\0", ".DS_Store": b"\0", "es/.b.yaml": b"\0", "a.yaml": "terms: []"})
        assert read_zip(content).catalogue == Catalogue()

    def test_an_error_names_file_entry_and_field(self):
        assert refusal(zipped({"es/facts.yaml": "facts: [{key: x, statement: y, confidence: guide}]"})) == (
            "es/facts.yaml: facts x › country: It is missing. Fill it in."
        )


class TestHostileZip:
    def test_no_zip(self):
        assert "damaged, encrypted or no zip" in refusal(b"PK\x03\x04 or not")

    def test_damaged(self, small):
        content = bytearray(catalogue_zip(small))
        content[60:70] = b"\xff" * 10
        assert "damaged, encrypted or no zip" in refusal(bytes(content))

    def test_encrypted(self):
        content = bytearray(zipped({"a.yaml": "terms: []"}))
        for header in (b"PK\x03\x04", b"PK\x01\x02"):
            flags = content.index(header) + (6 if header == b"PK\x03\x04" else 8)
            content[flags] |= 1
        assert "damaged, encrypted or no zip" in refusal(bytes(content))

    @pytest.mark.parametrize("name", ["/etc/a.yaml", "../a.yaml", "es/../../a.yaml"])
    def test_paths_that_lead_out(self, name):
        assert refusal(zipped({name: "terms: []"})) == f"{name}: It is outside of the zip."

    def test_other_files(self):
        assert refusal(zipped({"es/photo.jpg": b"x"})).startswith("es/photo.jpg: It is neither YAML nor a guide")

    def test_too_many_files(self):
        assert (
            refusal(zipped({f"{number}.yaml": "" for number in range(1001)})) == "zip: It holds more than 1000 files."
        )

    def test_bomb(self):
        assert refusal(zipped({"a.yaml": b"#" * 30_000_000})) == "zip: It unfolds into more than 20 MB."

    def test_bomb_in_many_files(self):
        content = zipped({f"{number}.yaml": b"#" * 1_000_000 for number in range(25)})
        assert refusal(content) == "zip: It unfolds into more than 20 MB."

    def test_bomb_that_lies_about_its_size(self):
        content = bytearray(zipped({"a.yaml": b"#" * 30_000_000}))
        struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 100)
        assert "zip: " in refusal(bytes(content))


class TestYaml:
    def test_some_entries_come_back_as_they_went_out(self, small):
        text = entries_yaml("procedures", small.procedures)
        incoming = read_yaml("procedures.yaml", text.encode())
        assert incoming.catalogue.procedures == small.procedures
        assert set(incoming.bases) == set(incoming.origins) == {"procedures nif", "procedures niss"}

    @pytest.mark.django_db
    def test_a_change_of_what_was_taken_out_goes_in(self, working_copy, small):
        text = entries_yaml("facts", small.facts).replace("It is free.", "It costs 7 euros.")
        merge = plan_merge(read_yaml("facts.yaml", text.encode()))
        assert merge.after == changed(small, "facts", "nif.fee", statement="It costs 7 euros.")

    @pytest.mark.parametrize(
        ("content", "complaint"),
        [
            ("terms: [".encode("utf-16"), "It is not UTF-8 text."),
            ("# ção".encode("cp1252"), "It is not UTF-8 text."),
            (b"facts: {a: &a [x], b: *a}", "It uses an alias"),
            (b"facts: !!python/object/apply:os.system [ls]", "It uses a tag"),
            (b"facts: " + b"[" * 50_000, "nested more than 30 levels"),
            (b"5", "found no sections"),
            (b"facts: [5]", "facts 1"),
            (b"facts: [{5: x}]", "facts 1"),
            (b"facts: abc", "It is not a list of entries."),
            (b"editions: []", "The sections are"),
        ],
    )
    def test_what_is_refused(self, content, complaint):
        with pytest.raises(CatalogueError) as refused:
            read_yaml("x.yaml", content)
        assert str(refused.value).startswith("x.yaml: ")
        assert complaint in str(refused.value)
