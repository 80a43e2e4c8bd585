"""The bot's health port in → exit status 0 if all is well, out: `python -m bot.healthy`, for containers."""

import os
import sys
import urllib.error
import urllib.request

PATIENCE = 10.0  # seconds


def trouble(address: str, port: str) -> str:
    """What is wrong with the bot; nothing if it is well."""
    host = f"[{address}]" if ":" in address else address
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # the environment's proxy is for Telegram
    try:
        direct.open(f"http://{host}:{port}/healthz", timeout=PATIENCE).close()
    except urllib.error.HTTPError as unwell:
        with unwell:
            return unwell.read().decode().strip()
    except OSError as error:
        return f"the bot's health port does not answer: {error}"
    return ""


if __name__ == "__main__":
    address, port = os.environ.get("PRESSCHECK_HEALTH_ADDRESS", "127.0.0.1"), os.environ.get("PRESSCHECK_HEALTH_PORT")
    sys.exit((trouble(address, port) or 0) if port else "PRESSCHECK_HEALTH_PORT is not set; the bot can't be asked.")
