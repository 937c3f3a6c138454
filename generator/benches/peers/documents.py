"""The documents that all read: where they are. They lie beside the project, as they are none of ours."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"

FILES = {
    "instantly": "instantly/published.openapi.json",
    "github": "corpus/github-api.json",
    "stripe": "corpus/stripe-2022.json",
    "openai": "corpus/openai.yaml",
    "kubernetes": "corpus/kubernetes.json",
    "digitalocean": "corpus/digitalocean.json",
}
NAMES = list(FILES)

# The published Instantly document over time, oldest first; as in tests/src/semver.
HISTORY = [
    "instantly/history/2026-04-13.json",
    "instantly/history/2026-07-09.json",
    "instantly/history/2026-08-12.json",
    "instantly/published.openapi.json",
    "instantly/history/2026-08-21.json",
]


class Document:
    """A text to read, and what it is called in tables."""

    def __init__(self, name, file):
        self.name = name
        self.file = SHARED / file
        if not self.file.exists():
            raise SystemExit(f"error: there is no {self.file}; the documents are not part of the project")


def path(name):
    return Document(name, FILES[name])


def history():
    return [Document(pathlib.Path(file).name.split(".")[0], file) for file in HISTORY]
