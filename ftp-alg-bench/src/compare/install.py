"""Fetches the peers from Debian without installing them: their packages conflict and would start services.

They are unpacked, with the libraries that are missing here, into one folder. What does not exist is left out. What the load
generator is built with is installed.
"""
import os
import re
import shutil
import subprocess

PACKAGES = ["haproxy", "nginx", "libnginx-mod-stream", "ftp-proxy", "proftpd-core", "proftpd-mod-crypto",
            "proftpd-mod-proxy", "squid", "squid-common", "stunnel4"]
TOOLS = ["gcc", "libc6-dev", "libssl-dev"]


def _installed(package):
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Abbrev}", package]
    return subprocess.run(query, capture_output=True, text=True).stdout.startswith("ii")


def _depends(package):
    listing = subprocess.run(["apt-cache", "depends", "--important", package], capture_output=True, text=True).stdout
    return re.findall(r"^ *\|?Depends: (lib[a-z0-9.+-]*)$", listing, re.MULTILINE)


def _with_libraries(packages):
    wanted, todo = [], list(packages)
    while todo:
        package = todo.pop()
        if package not in wanted:
            wanted.append(package)
            todo += [library for library in _depends(package) if not _installed(library)]
    return wanted


def _download(package, folder):
    # Unsandboxed: apt's own user may not write into the project.
    command = ["apt-get", "download", "--quiet", "--quiet", "--option", "APT::Sandbox::User=root", package]
    return subprocess.run(command, cwd=folder, stderr=subprocess.DEVNULL).returncode == 0


def install(root):
    """Unpacks what the package archive has into the folder, anew."""
    if not shutil.which("apt-get"):
        raise SystemExit("compare --install needs apt-get; install the peers in your own way: what is found is used")
    subprocess.run(["apt-get", "update", "--quiet", "--quiet"], check=True)
    tools = [tool for tool in TOOLS if not _installed(tool)]
    if tools:
        subprocess.run(["apt-get", "install", "--quiet", "--quiet", "--yes", "--no-install-recommends", *tools], check=True,
                       env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    shutil.rmtree(root, ignore_errors=True)
    archives = root / "archives"
    archives.mkdir(parents=True)
    for package in _with_libraries(PACKAGES):
        print(f"  {package}" if _download(package, archives) else f"  {package}: not available, left out", flush=True)
    for archive in sorted(archives.glob("*.deb")):
        subprocess.run(["dpkg", "--extract", archive, root], check=True)
    shutil.rmtree(archives)
