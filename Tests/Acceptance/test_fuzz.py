"""libFuzzer on every reader and on the redactor, from their corpus, for a few seconds each; `make fuzz` takes longer."""

import os
import subprocess

import pytest
from paths import ROOT

FUZZ = ROOT / ".build-fuzz" / "release" / "fuzz"
CORPUS = ROOT / "Tests" / "Fuzz" / "corpus"


@pytest.mark.skipif(not FUZZ.exists(), reason="the fuzzers are not built: run `make fuzzers`")
@pytest.mark.parametrize("target", sorted(path.name for path in CORPUS.iterdir()))
def test_no_input_does_harm(target, tmp_path):
    seconds = os.environ.get("CASEBOOK_FUZZ_SECONDS", "3")
    found = tmp_path / "found"
    found.mkdir()
    done = subprocess.run(
        [FUZZ, f"-max_total_time={seconds}", "-seed=1", "-timeout=10", "-rss_limit_mb=1024",
         f"-artifact_prefix={tmp_path}/", found, CORPUS / target],
        env={**os.environ, "CASEBOOK_FUZZ": target, "SWIFT_BACKTRACE": "enable=no"}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", timeout=60 + int(seconds) * 2)
    assert done.returncode == 0, done.stdout[-3_000:]
