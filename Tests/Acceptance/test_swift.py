"""Every Swift test as a pytest item, so that one report covers all tests (J1).

`make test` runs the Swift tests first and leaves their xunit results and the exit code; here they are only read.
"""

import os
import re
import xml.etree.ElementTree as xml
from xml.sax.saxutils import escape

import pytest
from paths import ROOT, SWIFT_EXIT, SWIFT_RESULTS


QUOTE = {'"': "&quot;"}
# Swift Testing writes the names of tests as they stand, quotes and angle brackets included.
CASE_LINE = re.compile(r'(\s*<testcase classname=")(.*)(" name=")(.*?)("(?: time="[^"]*")? ?/?>)')


def escaped(line):
    """The line of an xunit file, with the names in it escaped."""
    if match := CASE_LINE.fullmatch(line):
        before, suite, between, name, after = match.groups()
        return before + escape(suite, QUOTE) + between + escape(name, QUOTE) + after
    return line


def read_cases(results):
    """(name, outcome, what was said) of each test case of an xunit file; nothing when it is missing or unreadable."""
    try:
        lines = results.read_text(encoding="utf-8").split("\n")
        document = xml.fromstring("\n".join(map(escaped, lines)).encode())
    except (FileNotFoundError, xml.ParseError):
        return []
    cases = []
    for case in document.iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}".replace("`", "")
        tags = {child.tag for child in case}
        outcome = "failed" if tags & {"failure", "error"} else "skipped" if "skipped" in tags else "passed"
        said = "\n".join(child.get("message") or child.text or "" for child in case)
        cases.append((name, outcome, said))
    return cases


def newest_source(root):
    """The Swift or C file, or the manifest, that was changed last."""
    files = [root / "Package.swift"]
    for folder in ("Sources", "Tests"):
        files += [file for file in (root / folder).rglob("*") if file.suffix in {".swift", ".c", ".cpp", ".h"}]
    return max(files, key=lambda file: file.stat().st_mtime)


def fault_of_run(root, results, exit_file):
    """Why the results cannot be trusted, or None."""
    if not results.exists() or not exit_file.exists():
        return "there are no results of the Swift tests: run `make test`"
    if not read_cases(results):
        return "the results of the Swift tests are empty or cannot be read"
    newest = newest_source(root)
    if newest.stat().st_mtime > results.stat().st_mtime:
        return f"the results of the Swift tests are older than {newest.relative_to(root)}: run `make test`"
    code = exit_file.read_text().strip()
    return None if code == "0" else f"`swift test` ended with {code}"


def pytest_generate_tests(metafunc):
    if "outcome" in metafunc.fixturenames:
        cases = read_cases(SWIFT_RESULTS)
        metafunc.parametrize("outcome, said", [case[1:] for case in cases], ids=[case[0] for case in cases])


def test_the_swift_tests_ran_on_these_sources_and_passed():
    fault = fault_of_run(ROOT, SWIFT_RESULTS, SWIFT_EXIT)
    assert fault is None, fault


def test_swift(outcome, said):
    if outcome == "skipped":
        pytest.skip(said)
    if outcome == "failed":
        pytest.fail(said, pytrace=False)


PASSED = '<testcase classname="ATests.B" name="c()" time="0.1"/>'
FAILED = '<testcase classname="ATests.B" name="d()" time="0.1"><failure message="1 is not 2"></failure></testcase>'
SKIPPED = '<testcase classname="ATests.B" name="`e()`" time="0"><skipped/></testcase>'


@pytest.fixture
def swift_run(tmp_path):
    """A tree with one source, results that are newer, and the exit code."""

    def build(cases=PASSED, code="0", source_age=10):
        (tmp_path / "Sources").mkdir()
        (tmp_path / "Package.swift").write_text("")
        results, exit_file, source = tmp_path / "r.xml", tmp_path / "exit", tmp_path / "Sources" / "A.swift"
        source.write_text("")
        results.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
        exit_file.write_text(f"{code}\n")
        for file in (source, tmp_path / "Package.swift"):
            os.utime(file, (results.stat().st_mtime - source_age,) * 2)
        return tmp_path, results, exit_file

    return build


def test_a_failed_swift_test_keeps_what_it_said(swift_run):
    _, results, _ = swift_run(PASSED + FAILED + SKIPPED)
    assert read_cases(results) == [
        ("ATests.B.c()", "passed", ""), ("ATests.B.d()", "failed", "1 is not 2"), ("ATests.B.e()", "skipped", ""),
    ]


@pytest.mark.parametrize("end", [
    ' time="1e-05" />', ' time="0.1" ><failure message="no" /></testcase>', ' ><skipped>why</skipped></testcase>',
])
def test_names_are_read_as_they_stand(swift_run, end):
    name = 'a < b && "c" > d `e`()'
    _, results, _ = swift_run("\n" + f'<testcase classname="A.B" name="{name}"{end}'.replace("><", ">\n<") + "\n")
    assert [case[0] for case in read_cases(results)] == ['A.B.a < b && "c" > d e()']


def test_fresh_results_of_a_good_run_are_trusted(swift_run):
    assert fault_of_run(*swift_run()) is None


@pytest.mark.parametrize("change, said", [
    ({"cases": ""}, "are empty"),
    ({"cases": "<testcase"}, "cannot be read"),
    ({"source_age": -10}, "older than"),
    ({"code": "1"}, "ended with 1"),
])
def test_other_results_are_not(swift_run, change, said):
    assert said in fault_of_run(*swift_run(**change))


def test_missing_results_are_not_trusted(tmp_path):
    assert "no results" in fault_of_run(tmp_path, tmp_path / "r.xml", tmp_path / "exit")
