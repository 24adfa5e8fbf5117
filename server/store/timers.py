"""What workflows wait for, in SQL 定时的存储: the port `Timers`, and which timers of all workspaces have come."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select, update

from runtime.ports import Timer
from server.store.direct import Direct
from server.store.tables import timer
from server.store.upsert import upsert

PAUSE = timedelta(minutes=1)

MINE = (timer.c.workspace == bindparam("w")) & (timer.c.instance == bindparam("i"))
AT_NODE = MINE & (timer.c.node == bindparam("n"))
STOP = delete(timer).where(MINE)
STOP_NODE = delete(timer).where(AT_NODE)
STOP_ONE = delete(timer).where(AT_NODE & (timer.c.key == bindparam("k")))
OF = select(timer).where(MINE).order_by(timer.c.due_at, timer.c.node, timer.c.key)
COME = Direct(
    select(timer.c.workspace, timer.c.instance, timer.c.node, timer.c.key, timer.c.visit, timer.c.due_at)
    .where(timer.c.held.is_(False), timer.c.due_at <= bindparam("now"))
    .order_by(timer.c.due_at, timer.c.workspace, timer.c.instance)
    .limit(bindparam("most"))
)


class SqlTimers:
    """What is waited for."""

    def __init__(self, connection: Connection, workspace: str) -> None:
        self.connection, self.workspace = connection, workspace

    def start(self, timers: Sequence[Timer]) -> None:
        """Keep timers."""
        rows = [{**vars(each), "workspace": self.workspace, "held": False} for each in timers]
        upsert(self.connection, timer, rows)

    def stop(self, instance: str, node: str = "", key: str = "") -> None:
        """Forget an instance's timers, or those of a node, or one of them."""
        asked = {"w": self.workspace, "i": instance}
        if key:
            self.connection.execute(STOP_ONE, {**asked, "n": node, "k": key})
        elif node:
            self.connection.execute(STOP_NODE, {**asked, "n": node})
        else:
            self.connection.execute(STOP, asked)

    def of(self, instance: str) -> list[Timer]:
        """An instance's timers, the next one first."""
        rows = self.connection.execute(OF, {"w": self.workspace, "i": instance})
        return [Timer(row.instance, row.node, row.key, row.visit, row.due_at) for row in rows]

    def waiting(self, limit: int, after: str = "") -> list[str]:
        """Instances that wait for a moment."""
        mine = (timer.c.workspace == self.workspace) & (timer.c.instance > after)
        statement = select(timer.c.instance).where(mine).distinct().order_by(timer.c.instance).limit(limit)
        return list(self.connection.execute(statement).scalars())

    def hold(self, instance: str, held: bool) -> None:
        """Let none of them come while the instance is suspended, or let them come again."""
        mine = (timer.c.workspace == self.workspace) & (timer.c.instance == instance)
        self.connection.execute(update(timer).where(mine).values(held=held))


def come(connection: Connection, now: datetime, most: int) -> list[tuple[str, Timer]]:
    """The timers whose moment has come, with their workspace, the one that waited longest first."""
    return [(row[0], Timer(*row[1:])) for row in COME.rows(connection, {"now": now, "most": most})]


def postpone(connection: Connection, workspace: str, late: Timer, now: datetime) -> None:
    """Let one that went wrong come again after a while."""
    mine = (timer.c.workspace == workspace) & (timer.c.instance == late.instance)
    one = mine & (timer.c.node == late.node) & (timer.c.key == late.key)
    connection.execute(update(timer).where(one).values(due_at=now + PAUSE))


def waiting(connection: Connection, now: datetime) -> int:
    """How many have come and not happened yet."""
    counted = select(func.count()).select_from(timer).where(timer.c.held.is_(False), timer.c.due_at <= now)
    return connection.execute(counted).scalar_one()
