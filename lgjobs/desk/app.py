"""Opens the desk on a database: read only, on this machine alone."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from lgjobs.desk import plugin
from lgjobs.desk.metadata import STYLE, desk_metadata
from lgjobs.desk.questions import DATABASE
from lgjobs.errors import NotNow, UsedWrongly
from lgjobs.store.database import reading

HOST: Final = "127.0.0.1"

_PACKAGES: Final = ("datasette", "datasette_dashboards", "datasette_cluster_map")
_HERE: Final = Path(__file__).parent
_SETTINGS: Final = {
    "suggest_facets": False,
    "truncate_cells_html": 200,
    "default_page_size": 50,
    "max_returned_rows": 2000,
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 1000,
    "allow_download": False,
}


class DeskMissing(UsedWrongly):
    """The packages of the desk are not installed; the message says how to get them."""


def open_desk(path: Path) -> Any:
    """The Datasette on the database at `path`. Raises DeskMissing, and StoreError.

    It reads in SQLite's read-only mode, so that a crawl may write to the database meanwhile.
    """
    if missing := [name for name in _PACKAGES if find_spec(name) is None]:
        raise DeskMissing(f"the desk needs {missing[0]}: pip install 'lgjobs[desk]'")
    with reading(path) as db:
        metadata = desk_metadata(db)

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.plugins import pm

    # else each query that is refused prints a traceback of hundreds of lines
    vars(sys.modules["datasette.handle_exception"])["rich"] = None
    if not pm.is_registered(plugin):
        pm.register(plugin, name="lgjobs")
    mount = STYLE.split("/")[1]
    desk = Datasette(
        [],
        metadata=metadata,
        settings=_SETTINGS,
        static_mounts=[(mount, str(_HERE / "static"))],
        template_dir=str(_HERE / "templates"),
    )
    desk.remove_database("_memory")
    desk.add_database(Database(desk, path=str(path), is_mutable=True), name=DATABASE)
    return desk


def serve_desk(path: Path, port: int, opened: Callable[[str], None]) -> None:
    """Serve the desk until it is told to stop; `opened` is called with its address.

    Port 0 is any that is free. Raises NotNow where the port is in use.
    """
    desk = open_desk(path)
    import uvicorn

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError as error:
            raise NotNow(
                f"port {port} can not be had ({error.strerror}): name another with --port"
            ) from error
        listening.listen()
        opened(f"http://{HOST}:{listening.getsockname()[1]}/")
        server = uvicorn.Server(uvicorn.Config(desk.app(), log_level="warning", lifespan="on"))
        server.run(sockets=[listening])
