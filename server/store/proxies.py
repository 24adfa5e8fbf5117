"""Standing proxies in SQL 代理的存储: who may act for whom, from when to when, on which forms."""

from sqlalchemy import Connection, delete, select

from runtime.ports import Proxy
from server.store.tables import proxy as table
from server.store.upsert import upsert


class SqlProxies:
    """The part of the port `Instances` that speaks of proxies."""

    connection: Connection
    workspace: str

    def proxies(self, *, principal: str = "", proxy: str = "") -> list[Proxy]:
        """The standing proxies of a principal, or those in which somebody stands in; all of them without either."""
        found = select(table).where(table.c.workspace == self.workspace)
        found = found.where(table.c.principal == principal) if principal else found
        found = found.where(table.c.proxy == proxy) if proxy else found
        rows = self.connection.execute(found.order_by(table.c.id))
        return [Proxy(row.id, row.principal, row.proxy, row.first, row.last, tuple(row.forms or ())) for row in rows]

    def keep_proxy(self, proxy: Proxy) -> None:
        """Insert or replace a standing proxy."""
        row = {**vars(proxy), "forms": list(proxy.forms), "workspace": self.workspace}
        upsert(self.connection, table, [row])

    def drop_proxy(self, id: str) -> None:
        """Remove a standing proxy."""
        self.connection.execute(delete(table).where(table.c.workspace == self.workspace, table.c.id == id))
