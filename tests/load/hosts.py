"""A web host: gunicorn with its workers, on a port of the loopback address."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

KILOBYTES = 1024  # in a megabyte
PATIENCE = 60  # seconds until a host must answer


class Host:
    """gunicorn as docs/deploying.md starts it; ``environment`` beside that of this process."""

    def __init__(self, folder: Path, name: str, environment: dict[str, str], workers: int):
        self.name, self.port, self.workers = name, _free_port(), workers
        self.log = (folder / f"{name}.log").open("w+")
        options = ("--bind", f"127.0.0.1:{self.port}", "--workers", str(workers))
        command = (sys.executable, "-m", "gunicorn", "--config", "python:relocation.serving", *options)
        command += ("tests.load.application",)
        environment = {**os.environ, **environment}
        self.process = subprocess.Popen(command, env=environment, stdout=self.log, stderr=self.log)
        self._wait()

    def memory(self) -> list[float]:
        """Megabytes in memory (RSS) of each worker."""
        return [_figure(f"/proc/{pid}/status", "VmRSS:") for pid in self._worker_pids()]

    def own_memory(self) -> list[float]:
        """The same with what several processes share divided among them (PSS)."""
        return [_figure(f"/proc/{pid}/smaps_rollup", "Pss:") for pid in self._worker_pids()]

    def complaints(self) -> str:
        """What the host wrote down."""
        self.log.flush()
        return Path(self.log.name).read_text()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
        self.log.close()

    def _worker_pids(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def _wait(self) -> None:
        for _try in range(PATIENCE * 10):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", self.port)):
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"{self.name} does not start: {self.complaints()}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _figure(path: str, name: str) -> float:
    """Megabytes of the line with this name."""
    line = next(line for line in Path(path).read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / KILOBYTES
