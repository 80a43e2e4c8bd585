"""The bot's connections, against a server that says what the test wants."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot.telegram_app.transport import Transport

TOKEN = "123456789:AAFsecretsecretsecretsecretsecret"  # noqa: S105 - nobody's
OK = b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}'

Speaks = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server(speaks: Speaks) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A server's address, and the heads of requests that it got, each on whatever connection it came."""
    heads: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                heads.append(await reader.readuntil(b"\r\n\r\n"))
                await speaks(heads[-1], writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/bot{TOKEN}", heads


async def says_ok(_: bytes, writer: asyncio.StreamWriter) -> None:
    """Every request is right."""
    writer.write(OK)


async def asked(address: str, connections: int = 1, silent: float = 5.0, times: int = 1) -> list[tuple[int, bytes]]:
    """What comes back of so many requests at once."""
    async with Transport(address, connections, silent) as transport:
        return await asyncio.gather(*(transport.do_request(f"{address}/getMe", "POST") for _ in range(times)))


def test_no_more_connections_than_allowed_carry_all_requests() -> None:
    async def run() -> None:
        ends: set[object] = set()

        async def speaks(head: bytes, writer: asyncio.StreamWriter) -> None:
            ends.add(writer.get_extra_info("peername"))
            await asyncio.sleep(0.01)
            await says_ok(head, writer)

        async with server(speaks) as (address, heads):
            assert await asked(address, connections=3, times=20) == [(200, b'{"ok":true}')] * 20
        assert len(heads) == 20
        assert len(ends) == 3

    asyncio.run(run())


def test_a_server_that_is_silent_is_given_up_without_the_token() -> None:
    async def run() -> None:
        async def silent(_: bytes, __: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0)

        async with server(silent) as (address, heads):
            with pytest.raises(TimedOut) as raised:
                await asked(address, silent=0.05)
            assert "AAF" not in str(raised.value)
            async with Transport(address, 1, 60) as transport:
                with pytest.raises(TimedOut):
                    await transport.do_request(f"{address}/getMe", "POST", read_timeout=0.05)
        assert len(heads) == 2  # neither was sent a second time

    asyncio.run(run())


def test_a_connection_that_breaks_is_an_error_without_the_token() -> None:
    async def run() -> None:
        async def cut(_: bytes, writer: asyncio.StreamWriter) -> None:
            writer.close()

        async with server(cut) as (address, heads):
            with pytest.raises(NetworkError) as broken:
                await asked(address)
        assert len(heads) == 1  # what may have had its effect is not sent again here
        with pytest.raises(NetworkError) as refused:  # nobody listens there any more
            await asked(address)
        assert "AAF" not in f"{broken.value}{refused.value}"

    asyncio.run(run())


def test_a_server_that_sends_elsewhere_is_not_followed() -> None:
    async def run() -> None:
        async def elsewhere(_: bytes, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")

        async with server(elsewhere) as (address, heads):
            assert await asked(address) == [(302, b"")]
        assert len(heads) == 1

    asyncio.run(run())


def test_a_proxy_is_used_where_the_environment_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        async with server(says_ok) as (address, heads):
            monkeypatch.setenv("HTTP_PROXY", address.partition("/bot")[0])
            monkeypatch.delenv("NO_PROXY", raising=False)
            monkeypatch.delenv("no_proxy", raising=False)
            assert await asked("http://telegram.invalid") == [(200, b'{"ok":true}')]
        assert heads[0].startswith(b"POST http://telegram.invalid/getMe HTTP/1.1")

    asyncio.run(run())


def test_a_transport_that_is_not_ready_says_so() -> None:
    with pytest.raises(RuntimeError, match="not been made ready"):
        asyncio.run(Transport("http://127.0.0.1:1", 1, 5).do_request("http://127.0.0.1:1/getMe", "POST", RequestData()))
