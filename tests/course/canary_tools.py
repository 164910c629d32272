"""Listeners that nobody in a sandbox may reach."""

import contextlib
import socket
import threading


@contextlib.contextmanager
def canary():
    """Listen for whoever comes: at every address of this machine, and at a socket without a file.

    Yields the port and the list of who came.
    """
    contacts = []
    stop = threading.Event()
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(socket.socket())
        stream.bind(("", 0))
        port = stream.getsockname()[1]
        datagrams = stack.enter_context(socket.socket(type=socket.SOCK_DGRAM))
        datagrams.bind(("", port))
        without_file = stack.enter_context(socket.socket(socket.AF_UNIX))
        without_file.bind(f"\0engramlab-{port}")
        listeners = {stream: "TCP", datagrams: "UDP", without_file: "a socket without a file"}

        def listen(listener):
            while not stop.is_set():
                with contextlib.suppress(OSError):
                    if listener is datagrams:
                        listener.recvfrom(9)
                    else:
                        listener.accept()[0].close()
                    contacts.append(listeners[listener])

        for listener in listeners:
            listener.settimeout(0.2)
            if listener is not datagrams:
                listener.listen()
        threads = [threading.Thread(target=listen, args=(each,)) for each in listeners]
        for thread in threads:
            thread.start()
        try:
            yield port, contacts
        finally:
            stop.set()
            for thread in threads:
                thread.join()


def own_address():
    """Return the address by which others reach this machine."""
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation; nothing is sent
        except OSError:
            return "127.0.0.1"
        return probe.getsockname()[0]
