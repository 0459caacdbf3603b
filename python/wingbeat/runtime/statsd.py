"""The wire of statsd: `name:value|kind` in datagrams. A metric that cannot be sent is lost, never an error."""

from __future__ import annotations

import random
from time import perf_counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from datetime import timedelta
    from typing import Any, TypeVar

    F = TypeVar("F", bound=Callable[..., Any])

#: Bytes of one datagram that holds several lines.
DATAGRAM = 512


class Sink:
    """Where lines go."""

    def emit(self, line: str) -> None:
        """Take a line."""
        raise NotImplementedError

    def flush(self) -> None:
        """Send what is being kept back."""

    def pipeline(self) -> Kept:
        """A sink that keeps lines until they are wanted together."""
        return Kept(self)

    def send(self, name: str, value: str, rate: float = 1) -> None:
        """One metric, or with `rate` below 1 that share of them."""
        if self.chosen(rate):
            self.emit(f"{name}:{value}" if rate >= 1 else f"{name}:{value}|@{rate}")

    def timing(self, name: str, delta: float | timedelta, rate: float = 1) -> None:
        """A duration: milliseconds or a `timedelta`."""
        milliseconds = delta.total_seconds() * 1000.0 if hasattr(delta, "total_seconds") else delta
        self.send(name, f"{milliseconds:0.6f}|ms", rate)

    @staticmethod
    def chosen(rate: float) -> bool:
        """Whether this call is one of those that are sent."""
        return rate >= 1 or random.random() <= rate  # noqa: S311 a sample, not a secret


class Kept(Sink):
    """Lines that wait to be sent together."""

    def __init__(self, sink: Sink) -> None:
        self._behind = sink
        self._lines: list[str] = []

    def emit(self, line: str) -> None:
        """Keep a line."""
        self._lines.append(line)

    def flush(self) -> None:
        """Send the lines, several in a datagram."""
        lines, self._lines = self._lines, []
        datagram = ""
        for line in lines:
            if not datagram:
                datagram = line
            elif len(datagram) + len(line) + 1 >= DATAGRAM:
                self._behind.emit(datagram)
                datagram = line
            else:
                datagram += f"\n{line}"
        if datagram:
            self._behind.emit(datagram)

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, *error: object) -> None:
        self.flush()


class Client(Sink):
    """Sends to a statsd by UDP over IPv4. The name of the host is looked up for the first metric.

    Args:
        host: Its name or address.
        port: Its port.
        disabled: Whether everything is thrown away.
    """

    def __init__(self, host: str, port: str, disabled: bool = False) -> None:
        self._host = host
        self._port = port
        self._disabled = disabled
        self._socket: socket.socket | None = None
        self._address: Any = None

    def emit(self, line: str) -> None:
        """Send a datagram, if that is possible."""
        data = line.encode("ascii")
        if self._disabled:
            return
        if self._socket is None and not self._open():
            return
        assert self._socket is not None
        try:
            self._socket.sendto(data, self._address)
        except OSError:
            return  # a datagram may always get lost

    def close(self) -> None:
        """Give the socket back; the next metric opens another."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _open(self) -> bool:
        import socket

        try:
            family, kind, _, _, self._address = socket.getaddrinfo(
                self._host, self._port, socket.AF_INET, socket.SOCK_DGRAM
            )[0]
            self._socket = socket.socket(family, kind)
        except (OSError, ValueError) as error:  # ValueError: a host name that IDNA cannot encode
            from wingbeat.runtime import log

            self._disabled = True
            log.warning(
                f"Metrics are dropped: statsd at {self._host}:{self._port} cannot be reached: {error}. Check "
                "FLYTE_STATSD_HOST and FLYTE_STATSD_PORT (or FLYTE_SECRETS_HOST and _PORT), or set "
                "FLYTE_STATSD_DISABLED=true"
            )
            return False
        return True


class Timer:
    """Records how long something takes: `with timer:`, `@timer`, or `start` and `stop`. `ms` is the last duration."""

    def __init__(self, sink: Sink, stat: str, rate: float = 1) -> None:
        self.stat = stat
        self.rate = rate
        self.ms: float | None = None
        self._sink = sink
        self._started: float | None = None
        self._sent = False

    def __call__(self, function: F) -> F:
        """Time every call of a function, from any thread; a coroutine until it ends."""
        import functools
        import inspect

        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def timed(*args: Any, **kwargs: Any) -> Any:
                with Timer(self._sink, self.stat, self.rate):
                    return await function(*args, **kwargs)

        else:

            @functools.wraps(function)
            def timed(*args: Any, **kwargs: Any) -> Any:
                with Timer(self._sink, self.stat, self.rate):
                    return function(*args, **kwargs)

        return timed  # type: ignore[return-value]

    def __enter__(self) -> Timer:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self) -> Timer:
        """Begin."""
        self.ms = None
        self._sent = False
        self._started = perf_counter()
        return self

    def stop(self, send: bool = True) -> Timer:
        """End, and send the duration unless told otherwise. Raises RuntimeError if it has not begun."""
        if self._started is None:
            raise RuntimeError("Timer has not started.")
        self.ms = 1000.0 * (perf_counter() - self._started)
        if send:
            self.send()
        return self

    def send(self) -> None:
        """Send the duration. Raises RuntimeError if there is none, or it was sent."""
        if self.ms is None:
            raise RuntimeError("No data recorded.")
        if self._sent:
            raise RuntimeError("Already sent data.")
        self._sent = True
        self._sink.timing(self.stat, self.ms, self.rate)
