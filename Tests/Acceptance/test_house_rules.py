"""The checks of `make lint` find what they are there to find (design, sections 1 and 5)."""

import json
import subprocess
import sys

import pytest
from paths import BUILD

sys.path.insert(0, str(BUILD))
import coverage  # noqa: E402
import imports  # noqa: E402
import names  # noqa: E402

STRICT = [{"kind": {"treatAllWarnings": {"_0": "error"}}, "tool": "swift"}]


def target(name, *depends, kind="regular", settings=STRICT):
    """A target as `swift package dump-package` prints it."""
    return {
        "name": name, "type": kind, "settings": settings,
        "dependencies": [{"byName": [module, None]} for module in depends],
    }


def tree(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


@pytest.mark.parametrize("statement, module", [
    ("import Records", "Records"),
    ("public import Records", "Records"),
    ("@testable import Records", "Records"),
    ("  @preconcurrency package import Records  // why", "Records"),
    ("import struct Records.Ticket", "Records"),
    ("import Swift; import Records", "Records"),
    ("@_spi(Scoring) import Records", "Records"),
])
def test_every_form_of_import_is_seen(statement, module):
    assert (2, module) in imports.imports(f"// first\n{statement}\n")


@pytest.mark.parametrize("text", [
    "// import Models", "/* import Models\n import Models */", "#if canImport(Models)\n#endif", "let important = 1",
])
def test_what_is_no_import_is_not_taken_for_one(text):
    assert imports.imports(text) == []


def test_comments_do_not_shift_the_line_numbers():
    assert imports.imports("/* a\n b */\nimport Records") == [(3, "Records")]


def test_a_tree_that_follows_the_design_passes(tmp_path):
    tree(tmp_path, {
        "Sources/Records/Ticket.swift": "import FoundationEssentials\n",
        "Sources/Features/Schema.swift": "public import Records\nimport LinearAlgebra\n",
        "Tests/FeaturesTests/SchemaTests.swift": "import Testing\n@testable import Features\n",
    })
    manifest = {"targets": [
        target("Records"), target("Features", "Records", "LinearAlgebra"),
        target("FeaturesTests", "Features", kind="test"),
    ]}
    assert imports.violations(tmp_path, manifest) == []


def test_an_import_against_the_direction_fails_even_when_declared(tmp_path):
    tree(tmp_path, {"Sources/Statistics/Fit.swift": "import LinearAlgebra\nimport Records\n"})
    manifest = {"targets": [target("Statistics", "LinearAlgebra", "Records")]}
    assert imports.violations(tmp_path, manifest) == [
        "Package.swift: Statistics depends on Records, which the design does not allow",
        "Sources/Statistics/Fit.swift:2: Statistics must not import Records",
    ]


def test_an_import_that_the_manifest_does_not_declare_fails(tmp_path):
    tree(tmp_path, {"Sources/Models/Fit.swift": "import Features\nimport Statistics\n"})
    manifest = {"targets": [target("Models", "Features")]}
    assert imports.violations(tmp_path, manifest) == [
        "Sources/Models/Fit.swift:2: Models imports Statistics, which Package.swift does not declare"
    ]


def test_a_second_importer_of_lapack_fails(tmp_path):
    tree(tmp_path, {"Sources/Models/Fit.swift": "import CLAPACKE\n"})
    manifest = {"targets": [target("Models", "CLAPACKE")]}
    assert "Sources/Models/Fit.swift:1: Models must not import CLAPACKE" in imports.violations(tmp_path, manifest)


def test_a_folder_or_target_that_the_design_does_not_know_fails(tmp_path):
    tree(tmp_path, {"Sources/Shared/Things.swift": "", "Sources/Records/Ticket.swift": ""})
    assert imports.violations(tmp_path, {"targets": [target("Records"), target("Plugins")]}) == [
        "Sources/Shared: is no target of Package.swift",
        "Package.swift: Plugins is not in the table of the design",
    ]


def test_a_target_whose_warnings_pass_fails(tmp_path):
    tree(tmp_path, {"Sources/Records/Ticket.swift": ""})
    manifest = {"targets": [target("Records", settings=[])]}
    assert imports.violations(tmp_path, manifest) == ["Package.swift: Records does not treat warnings as errors"]


@pytest.mark.parametrize("module, allowed", [
    ("Logs", True), ("LogsTests", True), ("Features", False), ("casebook", False), ("FeaturesTests", False),
])
def test_only_readers_see_the_bytes_of_raw_text(tmp_path, module, allowed):
    folder = "Tests" if module.endswith("Tests") else "Sources"
    tree(tmp_path, {
        f"{folder}/{module}/A.swift": "// @_spi(RawText) import Records\n@_spi(RawText) public import Records\n",
        "Sources/Records/B.swift": "",
    })
    kind = "test" if folder == "Tests" else "regular"
    manifest = {"targets": [target("Records"), target(module, "Records", kind=kind)]}
    expected = [] if allowed else [f"{folder}/{module}/A.swift:2: {module} must not read raw text, only redacted text"]
    assert imports.violations(tmp_path, manifest) == expected


@pytest.mark.parametrize("module, allowed", [("Storage", True), ("Features", False), ("score", False)])
def test_only_the_store_may_call_a_text_redacted(tmp_path, module, allowed):
    tree(tmp_path, {f"Sources/{module}/A.swift": "@_spi(Stored) import Records\n"})
    manifest = {"targets": [target("Records"), target(module, "Records")]}
    expected = [] if allowed else [f"Sources/{module}/A.swift:1: {module} must not call a text redacted"]
    assert imports.violations(tmp_path, manifest) == expected


def test_the_import_check_exits_with_1_and_names_the_place(tmp_path):
    tree(tmp_path, {"Sources/Records/Ticket.swift": "import Models\n"})
    (tmp_path / "dump.json").write_text(json.dumps({"targets": [target("Records")]}))
    done = subprocess.run(
        [sys.executable, BUILD / "imports.py", "--root", tmp_path, "--manifest", tmp_path / "dump.json"],
        capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "Sources/Records/Ticket.swift:1: Records must not import Models\n")


@pytest.mark.parametrize("path, text, said", [
    ("Sources/Models/TicketManager.swift", "", "the name of the file says nothing"),
    ("Sources/Models/Utils/Clock.swift", "", "the folder Utils says nothing"),
    ("Sources/Models/Clock.swift", "\npublic struct ClockHelper {}", ":2: the name ClockHelper says nothing"),
    ("Sources/Models/Clock.swift", "enum Core {}", ":1: the name Core says nothing"),
    ("Sources/Models/Clock.swift", 'let file = "Boston311.csv"', ":1: names the data set or log system Boston311"),
])
def test_forbidden_names_are_found(tmp_path, path, text, said):
    tree(tmp_path, {path: text})
    assert len(names.violations(tmp_path)) == 1
    assert names.violations(tmp_path)[0].endswith(said)


@pytest.mark.parametrize("text", ["struct Score {}", "struct TicketScore {}", "// the help desk", "enum Utility2 {}"])
def test_honest_names_pass(tmp_path, text):
    tree(tmp_path, {"Sources/Models/Score.swift": text})
    assert names.violations(tmp_path) == []


def exported(*files):
    """What llvm-cov exports for (path, counts of its lines): a line may come several times, once for each program."""
    return "".join(
        f"SF:{path}\n" + "".join(f"DA:{number},{count}\n" for number, count in counts) + "end_of_record\n"
        for path, counts in files)


def test_coverage_is_summed_by_module_and_counts_our_sources_alone(tmp_path):
    files = exported(
        (f"{tmp_path}/Sources/Models/A.swift", [(1, 1), (2, 0), (3, 7), (2, 0)]),
        (f"{tmp_path}/Sources/Models/Fit/B.swift", [(1, 0), (1, 3), (9, 0)]),
        (f"{tmp_path}/Sources/train/Main.swift", [(1, 0)]), (f"{tmp_path}/Tests/ModelsTests/C.swift", [(1, 1)]),
        (f"{tmp_path}/.build/checkouts/swift-crypto/Sources/Crypto/D.swift", [(1, 0)]),
        (f"{tmp_path}/Sources/Models/Fit/B.swift", [(9, 2)]))
    # A line that one program runs is covered, whatever the others do.
    files = coverage.by_file(files, tmp_path)
    assert coverage.by_module(files) == {"Models": (4, 5), "train": (0, 1)}
    assert coverage.never_run(files, "Models") == {coverage.Path("Models/A.swift"): [2]}


@pytest.mark.parametrize("covered, reached", [(90, True), (89, False)])
def test_coverage_fails_below_the_threshold(covered, reached):
    table, enough = coverage.report({"Models": (covered - 40, 50), "train": (40, 50)}, threshold=90)
    assert enough == reached
    assert f"{covered}.0%" in table


def test_no_coverage_at_all_does_not_pass():
    assert not coverage.report({}, threshold=90)[1]
