"""Where is a Chromium? ``python -m tests.browser`` prints its path; ``--fetch`` brings one from the npm package (Linux x86_64, no root)."""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import brotli

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "chromium"
PACKAGE = "@sparticuz/chromium@153.0.0"
SHA512 = "sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
# Nothing of the browser's own may look for a network.
ARGUMENTS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def find() -> str | None:
    places = [os.environ.get("CHROMIUM"), shutil.which("chromium"), shutil.which("chromium-browser"), shutil.which("google-chrome")]
    places += [str(CACHE / "chromium"), "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]
    return next((place for place in places if place and os.access(place, os.X_OK)), None)


def launch_arguments(place: str) -> dict[str, object]:
    """What Playwright needs to start the browser that ``find()`` found."""
    ours = Path(place).is_relative_to(CACHE)
    sandbox = [] if not ours and os.geteuid() else ["--no-sandbox"]
    libraries = {**os.environ, "LD_LIBRARY_PATH": str(CACHE)} if ours else None
    return {"executable_path": place, "args": ARGUMENTS + sandbox, "headless": True, "env": libraries}


def fetch() -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True, capture_output=True, text=True)
        archive = Path(folder) / packed.stdout.split()[-1]
        digest = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != SHA512:
            raise SystemExit(f"The fetched browser is not the one that was pinned: {digest}")
        with tarfile.open(archive) as outer:
            for member in outer:
                unpack(member.name, outer.extractfile(member))
    (CACHE / "chromium").chmod(0o755)


def unpack(name: str, stream: io.BufferedIOBase | None) -> None:
    if stream is None:
        return
    if name.endswith("bin/chromium.br"):
        (CACHE / "chromium").write_bytes(brotli.decompress(stream.read()))
    elif name.endswith(("al2023.tar.br", "swiftshader.tar.br")):
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress(stream.read()))) as inner:
            for member in inner:  # one by one: Debian 12's Python 3.11.2 has no extractall(filter=)
                content = inner.extractfile(member) if member.isfile() else None
                if content:
                    (CACHE / Path(member.name).name).write_bytes(content.read())


if __name__ == "__main__":
    if "--fetch" in sys.argv:
        fetch()
    found = find()
    print(found or "")
    sys.exit(not found)
