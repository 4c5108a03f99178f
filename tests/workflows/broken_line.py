"""A line between a worker and its store that can be cut, or go dead without a word."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit, urlunsplit


class Line:
    """Forwards every byte to the store until it is told not to."""

    def __init__(self, dsn: str) -> None:
        self._parts = urlsplit(dsn)
        self._up = asyncio.Event()
        self._up.set()
        self._is_cut = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._callers: set[asyncio.StreamWriter] = set()
        self.refused = asyncio.Event()
        """Somebody tried while the line was cut or dead."""

    def cut(self) -> None:
        """Refuse new connections and drop those there are."""
        self._is_cut = True
        for writer in self._writers:
            writer.transport.abort()

    def go_dead(self) -> None:
        """Take what is sent and answer nothing."""
        self._up.clear()

    def say(self, message: bytes) -> None:
        """Tell everybody who called something that the store did not say."""
        for writer in self._callers:
            writer.write(message)

    def mend(self) -> None:
        self._is_cut = False
        self._up.set()
        self.refused.clear()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Give the address that leads through this line."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        user = self._parts.netloc.rpartition("@")[0]
        try:
            yield urlunsplit(self._parts._replace(netloc=f"{user}@127.0.0.1:{port}"))
        finally:
            self._up.set()
            server.close()
            for writer in self._writers:
                writer.transport.abort()
            await server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            self.refused.set()
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection(self._parts.hostname, self._parts.port)
        self._writers |= {writer, back}
        self._callers.add(writer)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._forward(reader, back))
            group.create_task(self._forward(there, writer))
        self._writers -= {writer, back}
        self._callers.discard(writer)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                if not self._up.is_set():
                    self.refused.set()
                    await self._up.wait()
                writer.write(data)
                await writer.drain()
        writer.close()
