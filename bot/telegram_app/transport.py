"""A request's address and fields in → the server's status and words, out: the home of aiohttp.

python-telegram-bot's own transport, httpx, looks at all its connections at every request, which costs more than finding
an answer does when many ask at once.
"""

import ssl
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTING = 5.0  # seconds that a connection may take to be made
UPLOADING = 20.0  # seconds more for a request that carries a file


class Transport(BaseRequest):
    """Speaks to the Bot API server at an address; keeps its connections open. Honours HTTPS_PROXY and NO_PROXY."""

    def __init__(self, address: str, connections: int, read_timeout: float) -> None:
        """At most so many connections; a server may be silent for `read_timeout` seconds."""
        self._address, self._connections, self._read_timeout = address, connections, read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that a server may be silent, where a request doesn't say otherwise."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Make ready."""
        if self._session is not None and not self._session.closed:
            return
        trusted = ssl.create_default_context()  # a company's own authorities
        trusted.load_verify_locations(certifi.where())  # a small image or a Mac's Python knows of none
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._connections, ssl=trusted),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            proxy=_proxy_to(self._address),  # found once: aiohttp's own search reads files at every request
        )

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has no such limit
        connect_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - nothing here asks for another
        pool_timeout: object = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - every connection is free in time
    ) -> tuple[int, bytes]:
        """Send a request once. Raises TimedOut or NetworkError, without the address: it holds the token."""
        if self._session is None:
            raise RuntimeError("the transport has not been made ready")
        silent = float(read_timeout) if isinstance(read_timeout, int | float) else self._read_timeout
        form = None
        if request_data is not None:
            form = aiohttp.FormData(request_data.json_parameters)
            for name, (filename, content, kind) in request_data.multipart_data.items():
                form.add_field(name, content, filename=filename, content_type=kind)
            silent += UPLOADING if request_data.contains_files else 0
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECTING, sock_read=silent)
        try:
            async with self._session.request(method, url, data=form, timeout=timeout, allow_redirects=False) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error


def _proxy_to(address: str) -> str | None:
    """The environment's proxy for an address."""
    parts = urlsplit(address)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
