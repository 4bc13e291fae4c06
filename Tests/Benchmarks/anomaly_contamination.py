#!/usr/bin/env python3
"""Our detector on a data set of kind `sessions`, by size of the training and share of anomalous sessions mixed into it.

usage: anomaly_contamination.py DATASET_FOLDER SIZE [SIZE ...]

Each cell is the F1 at that prevalence; the training is drawn from that of the data set by a seed.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from anomaly import ROOT, SHARED

EVALUATE = ROOT / ".build-release" / "release" / "evaluate"
SHARES = (0.005, 0.01, 0.0293, 0.05, 0.1, 0.2)


def main(dataset, sizes):
    descriptor = json.loads((dataset / "dataset.json").read_text(encoding="utf-8"))
    folders = [dataset, *(folder / descriptor["name"] for folder in SHARED.iterdir())]
    paths = {name: next(f / name for f in folders if (f / name).exists()) for name in descriptor["files"]}
    train = descriptor["roles"]["train"][0]
    sessions = paths[train].read_text(encoding="utf-8").splitlines()
    print("sessions" + "".join(f"{share:8.1%}" for share in SHARES))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, path in paths.items():
            if file != train:
                (folder / file).symlink_to(path.resolve())
        for size in sizes:
            drawn = random.Random(1).sample(sessions, min(size, len(sessions)))
            (folder / train).write_text("\n".join(drawn) + "\n", encoding="utf-8")
            row = []
            for share in SHARES:
                own = {**descriptor, "contamination": share, "prevalence": share}
                (folder / "dataset.json").write_text(json.dumps(own), encoding="utf-8")
                done = subprocess.run(
                    [EVALUATE, "anomaly", "--dataset", folder, "--json"], stdout=subprocess.PIPE, check=True,
                    encoding="utf-8")
                row.append(json.loads(done.stdout)["f1"])
            print(f"{size:8}" + "".join(f"{f1:8.3f}" for f1 in row), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]])
