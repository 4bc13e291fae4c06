"""`train anomaly`, `score anomaly` and `evaluate anomaly`, from outside."""

import json
import random

import pytest
from paths import ROOT, SHARED


def session(generator):
    signatures = ["open"]
    for _ in range(generator.randint(1, 4)):
        signatures += ["begin", *(["read", "read"] if generator.random() < 0.3 else ["write"]), "end"]
    return signatures + ["close"]


ODD = [["open"], ["open", "begin", "write", "end", "corrupt", "close"], ["open", "begin", "begin", "begin", "close", "close"]]


@pytest.fixture(scope="module")
def unlabelled():
    """Sessions as lines, one in fifty of them anomalous, which nobody says."""
    generator = random.Random(7)
    sessions = [session(generator) for _ in range(2_000)] + [generator.choice(ODD) for _ in range(40)]
    generator.shuffle(sessions)
    return "".join(" ".join(signatures) + "\n" for signatures in sessions)


@pytest.fixture(scope="module")
def registry(run, unlabelled, tmp_path_factory):
    """A registry with version 1 of a model of `unlabelled`, which nobody may change."""
    folder = tmp_path_factory.mktemp("anomaly")
    (folder / "sessions").write_text(unlabelled)
    done = run("train", "anomaly", "--sessions", folder / "sessions", "--models", folder / "models")
    assert done.returncode == 0, done.stderr
    assert "2040 sessions" in done.stderr
    return folder / "models"


def scored(run, models, text):
    done = run("score", "anomaly", "--models", models, stdin=text)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_odd_sessions_are_flagged_and_ordinary_ones_are_not(run, registry):
    generator = random.Random(8)
    lines = [json.dumps({"id": f"odd{n}", "signatures": odd}) for n, odd in enumerate(ODD)]
    lines += [" ".join(session(generator)) for _ in range(1_000)]
    answers = scored(run, registry, "\n".join(lines))
    assert [answer["session"] for answer in answers[:4]] == ["odd0", "odd1", "odd2", "4"]
    assert all(answer["isAnomaly"] for answer in answers[:3])
    assert sum(answer["isAnomaly"] for answer in answers[3:]) <= 10
    assert all(1 / 2_041 <= answer["pValue"] + 1e-6 and answer["pValue"] <= 1 for answer in answers)
    worst = answers[1]["contributions"][0]
    assert (worst["signature"], worst["lines"]) == ("corrupt", [5])


def test_bad_lines_are_named_and_the_others_answered(run, registry):
    done = run("score", "anomaly", "--models", registry, stdin='open close\n{"id": "x"}\n{"id": 1, "signatures": []}\n')
    assert done.returncode == 65
    assert len(done.stdout.splitlines()) == 1
    assert 'standard input:2: field "signatures"' in done.stderr
    assert 'standard input:3: field "id"' in done.stderr


def test_a_rate_of_alarms_can_be_asked_for(run, unlabelled, tmp_path):
    (tmp_path / "s").write_text(unlabelled)
    done = run("train", "anomaly", "--sessions", tmp_path / "s", "--models", tmp_path / "m", "--alarm-rate", "0.1")
    assert done.returncode == 0, done.stderr
    generator = random.Random(9)
    answers = scored(run, tmp_path / "m", "".join(" ".join(session(generator)) + "\n" for _ in range(2_000)))
    assert sum(answer["isAnomaly"] for answer in answers) <= 2_000 * 0.1 + 5 * 13.5


def test_the_first_sessions_are_too_few_for_a_small_rate(run, tmp_path):
    (tmp_path / "s").write_text("a b\na b\na c\n")
    done = run("train", "anomaly", "--sessions", tmp_path / "s", "--models", tmp_path / "m", "--alarm-rate", "0.01")
    assert done.returncode == 0
    assert "too few sessions" in done.stderr
    assert not scored(run, tmp_path / "m", "x y z\n")[0]["isAnomaly"]


@pytest.mark.parametrize(("arguments", "code", "message"), [
    (["--sessions", "nowhere"], 66, "nowhere: no such file"),
    (["--sessions", "empty"], 65, "empty: the file is empty"),
    (["--sessions", "one"], 65, "1 sessions; at least 2"),
    (["--sessions", "s.csv"], 65, 's.csv:1: field "signatures": no such column'),
    (["--log", "empty"], 65, "empty: the file is empty"),
    (["--sessions", "one", "--log", "one"], 64, "give one of"),
    (["--log", "one", "--window", "0"], 64, "at least one record"),
    (["--log", "one", "--window", "5", "--minutes", "5"], 64, "one of --window and --minutes"),
    (["--log", "one", "--minutes", "0"], 64, "from 1 to"),
    (["--log", "one", "--minutes", "5"], 65, 'one:1: field "time"'),
    (["--log", "one", "--rules", "nowhere"], 66, "nowhere: no such file"),
    (["--log", "one", "--key-file", "one"], 78, "one: the key has 3 bytes"),
    (["--sessions", "one", "--alarm-rate", "2"], 64, "between 0 and 1"),
    (["--dataset", "d"], 65, 'key "kind": not sessions'),
])
def test_what_cannot_be_learned_from_is_said(run, tmp_path, arguments, code, message):
    (tmp_path / "empty").write_text("")
    (tmp_path / "one").write_text("a b\n")
    (tmp_path / "s.csv").write_text("text,label\na,0\n")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "dataset.json").write_text('{"name": "d", "kind": "tickets"}')
    done = run("train", "anomaly", *arguments, "--models", tmp_path / "m", cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert not (tmp_path / "m").exists()


def test_damaged_model_files_are_refused(run, unlabelled, tmp_path):
    (tmp_path / "s").write_text(unlabelled)
    assert run("train", "anomaly", "--sessions", tmp_path / "s", "--models", tmp_path / "m").returncode == 0
    weights = tmp_path / "m" / "anomaly" / "1" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-8])
    done = run("score", "anomaly", "--models", tmp_path / "m", stdin="a\n")
    assert (done.returncode, done.stdout) == (65, "")
    assert str(weights) in done.stderr
    assert run("score", "anomaly", "--models", tmp_path / "none", stdin="a\n").returncode == 66


def test_raw_lines_of_a_log_are_scored_in_windows(run, tmp_path):
    generator = random.Random(4)
    lines = []
    for number in range(4_000):
        lines.append(f"GET /item/{generator.randint(1, 9999)} took {generator.randint(1, 900)} ms" if number % 2 else
                     f"cache hit for key {generator.getrandbits(64):x}")
    (tmp_path / "log").write_text("\n".join(lines))
    done = run("train", "anomaly", "--log", tmp_path / "log", "--window", 40, "--models", tmp_path / "m")
    assert done.returncode == 0, done.stderr
    fresh = lines[:100] + ["disk failure on sda, remounting read-only"] + lines[100:139]
    answers = scored(run, tmp_path / "m", "\n".join(fresh))
    assert [answer["session"] for answer in answers] == ["1", "41", "81", "121"]
    assert [answer["isAnomaly"] for answer in answers[:3]] == [False, False, True]
    worst = answers[2]["contributions"][0]
    assert worst["lines"] == [21] and worst["why"] == "never seen"
    assert worst["template"].startswith("disk failure on")


def test_a_log_with_times_is_cut_into_minutes_and_its_people_are_not_kept(run, tmp_path):
    lines = [f"2024-05-06T{hour:02}:{minute:02}:{second:02}Z INFO mail to anna.bianchi@example.org sent in {second} ms"
             for hour in range(9, 14) for minute in range(60) for second in (5, 25, 45)]
    (tmp_path / "log").write_text("\n".join(lines) + "\n")
    done = run("train", "anomaly", "--log", tmp_path / "log", "--minutes", 5, "--models", tmp_path / "m")
    assert done.returncode == 0, done.stderr
    assert "60 sessions" in done.stderr
    kept = (tmp_path / "m" / "anomaly" / "1" / "model.json").read_text()
    assert "sent in" in kept and "anna" not in kept
    fresh = [*lines[:45], "2024-05-06T09:15:01Z ERROR mailbox of carla.verdi@example.org is gone", *lines[45:60]]
    answers = scored(run, tmp_path / "m", "\n".join(fresh))
    assert [answer["session"] for answer in answers] == ["1", "16", "31", "46"]
    assert [answer["isAnomaly"] for answer in answers] == [False, False, False, True]
    assert answers[3]["contributions"][0]["lines"] == [1]
    assert "carla" not in json.dumps(answers)


def test_a_training_that_is_not_mostly_ordinary_is_said(run, tmp_path):
    generator = random.Random(5)
    (tmp_path / "s").write_text("".join(
        " ".join(f"s{generator.randint(1, 60)}" for _ in range(20)) + "\n" for _ in range(60)))
    done = run("train", "anomaly", "--sessions", tmp_path / "s", "--models", tmp_path / "m")
    assert done.returncode == 0
    assert "warning" in done.stderr and "as a ranking" in done.stderr


def write_dataset(folder, normal=400, odd=30, **more):
    generator = random.Random(3)
    rows = ["signatures,label"] + [" ".join(session(generator)) + ",0" for _ in range(normal)]
    rows += [" ".join(generator.choice(ODD)) + ",1" for _ in range(odd)]
    (folder / "test.csv").write_text("\n".join(rows) + "\n")
    (folder / "train").write_text("".join(" ".join(session(generator)) + "\n" for _ in range(1_000)))
    (folder / "dataset.json").write_text(json.dumps({
        "name": "own", "kind": "sessions", "files": ["train", "test.csv"],
        "roles": {"train": ["train"], "labelled": ["test.csv"]}, **more}))
    return folder


def test_evaluation_gives_measures_at_the_prevalence(run, tmp_path):
    done = run("evaluate", "anomaly", "--dataset", write_dataset(tmp_path, prevalence=0.05, contamination=0.01), "--json")
    assert done.returncode == 0, done.stderr
    measures = json.loads(done.stdout)
    precision, recall = measures["precision"], measures["recall"]
    assert measures["f1"] == pytest.approx(2 * precision * recall / (precision + recall))
    found = 0.05 * recall
    assert precision == pytest.approx(found / (found + 0.95 * measures["falseAlarmRate"]))
    assert measures["flagEverythingF1"] == pytest.approx(0.1 / 1.05)
    assert measures["recall"] > 0.9
    first = measures["sets"][0]
    assert (first["unlabelled"]["mixedIn"], first["notMixed"]["mixedIn"]) == (10, 0)
    assert first["unlabelled"]["anomalous"] == 20


def test_evaluation_needs_both_kinds(run, tmp_path):
    done = run("evaluate", "anomaly", "--dataset", write_dataset(tmp_path, odd=0))
    assert done.returncode == 65
    assert "no anomalous sessions" in done.stderr


def test_equal_input_gives_equal_bytes(run, unlabelled, tmp_path):
    (tmp_path / "s").write_text(unlabelled)
    for models in ("a", "b"):
        assert run("train", "anomaly", "--sessions", tmp_path / "s", "--models", tmp_path / models).returncode == 0
    files = [(tmp_path / models / "anomaly" / "1" / name).read_bytes() for name in ("model.json", "model.safetensors")
             for models in ("a", "b")]
    assert files[0] == files[1] and files[2] == files[3]


@pytest.mark.skipif(not (SHARED / "data" / "sessions").exists(), reason="../shared is absent")
def test_unlabelled_sessions_reach_the_required_f1(run):
    done = run("evaluate", "anomaly", "--json", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    for measured in json.loads(done.stdout)["sets"]:
        assert measured["unlabelled"]["f1"] >= 0.9
        assert measured["notMixed"]["f1"] >= 0.9
