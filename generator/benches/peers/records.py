"""What has been measured, a line of JSON each, so that a run which is stopped goes on."""

import json
import sys


class Records:
    def __init__(self, path, fresh):
        self.path = path
        self.lines = {}
        if path.exists() and not fresh:
            for line in path.read_text().splitlines():
                entry = json.loads(line)
                self.lines[self.place(entry["key"], entry["version"])] = entry
        else:
            path.write_text("")

    @staticmethod
    def place(key, version):
        return (*key, version)

    def get(self, key, version):
        return self.lines.get(self.place(key, version))

    def keep(self, key, version, measure):
        """Measures what is not known yet."""
        if self.get(key, version) is not None:
            return
        print(*key, file=sys.stderr, flush=True)
        entry = {"key": key, "version": version, **measure()}
        self.lines[self.place(key, version)] = entry
        with open(self.path, "a") as out:
            out.write(json.dumps(entry) + "\n")

    def of(self, versions):
        """What is known of the generators as they are now."""
        return [it for it in self.lines.values() if versions.get(it["key"][1]) == it["version"]]

    def load(self):
        return [it["load"] for it in self.lines.values()]
