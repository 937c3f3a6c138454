"""Runs a program with limits and says what it took; says what machine this is."""

import json
import os
import pathlib
import platform
import resource
import signal
import subprocess
import sys
import time


def run(command, folder, log, limit, memory, environment=None):
    """One run of a program and of all that it starts.

    CPU time and peak memory are what the kernel counts for it and its descendants; the peak is that
    of the largest process, and never less than the 9 MB of `one.py`, from which it is started.
    """
    bytes_ = memory * 1024**3
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", pathlib.Path(__file__).with_name("one.py"), log, *command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={**os.environ, "RUST_BACKTRACE": "0", **(environment or {})},
        start_new_session=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (bytes_, bytes_)),
    )
    started = time.monotonic()
    late = ""
    try:
        told, _ = process.communicate(timeout=limit)
        took = json.loads(told)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        late = f"more than {limit} s"
        took = {"wall": time.monotonic() - started, "cpu": 0, "peak": 0, "code": -signal.SIGKILL}
    return {**took, "failed": late, "load": os.getloadavg()[0]}


def described(runs, loads):
    """The machine in a sentence, and how busy it was."""
    with open("/proc/cpuinfo") as lines:
        model = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    with open("/proc/meminfo") as lines:
        memory = int(next(lines).split()[1]) / 1024**2
    rustc = subprocess.run(["rustc", "--version"], capture_output=True, text=True).stdout.split()[1]
    busy = f"; the load was {min(loads):.1f} to {max(loads):.1f}" if loads else ""
    return (
        f"{os.cpu_count()} cores of {model}, {memory:.0f} GB, {platform.system()}, rustc {rustc}; "
        f"medians of {runs} runs in turn{busy}."
    )
