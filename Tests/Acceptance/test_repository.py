"""The shape of the repository and of the data in it (K1, K5; design, sections 1 and 3)."""

import json
import re
import subprocess

import pytest
from paths import PROGRAMS, ROOT

REAL = ["uci_incident", "helpdesk", "boston311"]


@pytest.mark.parametrize(
    "name", ["Package.swift", "Sources", "Tests", "models", "datasets", "notebooks-text", "README.md"])
def test_everything_is_where_the_design_puts_it(name):
    """K1."""
    assert (ROOT / name).exists()


@pytest.mark.parametrize("program", ["train", "score", "evaluate"])
def test_the_programs_link_lapack(program):
    """K2, K5: the algebra is LAPACK's, through liblapacke and libopenblas."""
    linked = subprocess.run(["ldd", PROGRAMS / program], capture_output=True, text=True, check=True).stdout
    assert "liblapacke" in linked and "libopenblas" in linked


@pytest.mark.parametrize("name", REAL)
def test_a_real_set_has_its_descriptor_and_card_and_none_of_its_rows(name):
    """The rows are not ours to ship: the card says where they are and what they hash to."""
    folder = ROOT / "datasets" / name
    assert {file.name for file in folder.iterdir()} == {"dataset.json", "README.md"}
    descriptor = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    assert (descriptor["name"], descriptor["kind"], descriptor["format"]) == (name, "tickets", "csv")
    assert descriptor["source"]["url"].startswith("https://") and descriptor["source"]["licence"]
    card = (folder / "README.md").read_text(encoding="utf-8")
    assert re.search(r"\b[0-9a-f]{64}\b", card + json.dumps(descriptor)), "no SHA-256"


def test_the_synthetic_desk_is_complete_and_small():
    """J2: ours to ship, and under 2 MB."""
    folder = ROOT / "datasets" / "synthetic-desk"
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 2_000_000
    descriptor = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))
    for name in descriptor["files"]:
        assert (folder / name).is_file(), name
    assert (folder / "README.md").is_file()
