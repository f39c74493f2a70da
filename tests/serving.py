"""The analysts' desk, served on this machine for tests."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from lgjobs.desk import app


@contextmanager
def served(database: Path) -> Iterator[str]:
    """The address of the desk on a database, for as long as the block runs."""
    config = uvicorn.Config(app.open_desk(database).app(), log_level="critical", lifespan="on")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        serving.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        server.should_exit = True
        serving.join()
