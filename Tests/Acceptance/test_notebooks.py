"""The notebooks' runner: fresh outputs in place, and a check that sees a stale one (K1)."""

import subprocess
import sys

import pytest
from paths import ROOT

RUNNER = ROOT / "notebooks-text" / "run.py"
NOTEBOOK = """# Question

```console
$ echo one \\
    two
old
lines
$ true
$ echo three
```

```json
$ echo this is no console
```
Conclusion.
"""
FRESH = NOTEBOOK.replace("old\nlines\n", "one two\n").replace("$ echo three\n", "$ echo three\nthree\n")


@pytest.fixture
def notebook(tmp_path):
    def run(text, *arguments):
        file = tmp_path / "note.md"
        file.write_text(text)
        done = subprocess.run([sys.executable, RUNNER, *arguments, file], capture_output=True, text=True)
        return done, file.read_text()

    return run


def test_outputs_are_replaced_in_place(notebook):
    done, text = notebook(NOTEBOOK)
    assert (done.returncode, text) == (0, FRESH)


def test_a_fresh_notebook_stays_as_it_is(notebook):
    assert notebook(FRESH)[1] == FRESH


def test_check_passes_on_a_fresh_notebook_and_fails_on_a_stale_one(notebook):
    assert notebook(FRESH, "--check")[0].returncode == 0
    done, text = notebook(NOTEBOOK, "--check")
    assert (done.returncode, text) == (1, NOTEBOOK)
    assert "+one two" in done.stderr


def test_check_does_not_compare_timings(notebook):
    assert notebook(NOTEBOOK.replace("```console", "```console timing"), "--check")[0].returncode == 0


def test_a_failing_command_fails_the_run_and_changes_nothing(notebook):
    text = NOTEBOOK.replace("$ true", "$ exit 3")
    done, after = notebook(text)
    assert (done.returncode, after) == (1, text)
    assert "exit 3" in done.stderr


def test_a_block_that_is_never_closed_is_an_error(notebook):
    done, _ = notebook("```console\n$ echo one\n")
    assert done.returncode == 1
    assert "line 1" in done.stderr
