"""Runs a program with limits and says what it took; says what machine this is."""

import os
import platform
import resource
import signal
import subprocess
import threading
import time


def run(command, folder, log, limit, memory, environment=None):
    """One run of a program and of all that it starts.

    CPU time and peak memory are what the kernel counts for it and its descendants; the peak is that
    of the largest process, and never less than that of Python itself, from which all are started.
    """
    bytes_ = memory * 1024**3
    started = time.monotonic()
    with open(log, "wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, "RUST_BACKTRACE": "0", **(environment or {})},
            start_new_session=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (bytes_, bytes_)),
        )
        late = threading.Event()

        def end():
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, end)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return {
        "wall": time.monotonic() - started,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss / 1024,
        "code": process.returncode,
        "failed": f"more than {limit} s" if late.is_set() else "",
        "load": os.getloadavg()[0],
    }


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
