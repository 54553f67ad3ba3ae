"""The service as production runs it, for journeys: https, second factors, walls' own roles, no demonstration.

Made by the verbs a council would use: migrate, import schools, staff add, serve.
"""

import base64
import hashlib
import http.client
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from alongside.ops import database, ports, processes
from alongside.ops.locks import locked
from alongside.ops.places import PROJECT
from tests.database import ADMIN, TEMPLATE, WORK
from tests.ops.conftest import wait_for

HEADER = (
    "URN,LA (code),LA (name),EstablishmentNumber,EstablishmentName,"
    "EstablishmentStatus (name),OpenDate,CloseDate"
)
COUNCILS = {"991": "Eastmere", "992": "Northfold"}


@dataclass(frozen=True)
class Production:
    """The running service, what its operator may do to it, and what its certificate is known by."""

    url: str
    pin: str
    var: Path
    web: dict[str, str]
    owner: dict[str, str]

    def run(self, *verb: str) -> str:
        return run(self.web, *verb)

    def invite(self, council: str, email: str, name: str = "Morgan Samplewood") -> str:
        """Add a person who may do everything a system administrator may; their one-time link."""
        said = self.run("staff", "add", "--council", council, "--name", name, "--email", email)
        found = re.search(r"https://\S+", said)
        assert found, said
        return found[0]


def run(environment: dict[str, str], *verb: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "alongside", *verb],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def running(**settings: str) -> Iterator[Production]:
    var = Path(tempfile.mkdtemp(prefix="alongside-production-"))
    name = f"{WORK}_production"
    with locked(Path(os.environ["ALONGSIDE_VAR"]) / "template.lock"):
        ready = database.clone(ADMIN, TEMPLATE, name)
    port, _lock = ports.claim("127.0.0.1", 18_800)
    pin = make_certificate(var)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ALONGSIDE_", "DATABASE_"))}
    web = kept | {
        "ALONGSIDE_MODE": "production",
        "ALONGSIDE_URL": f"https://localhost:{port}",
        "ALONGSIDE_HOSTS": "localhost,alongside.example.gov.uk",
        "ALONGSIDE_SECRET_KEY": "k3y" * 20,
        "ALONGSIDE_VAR": str(var),
        "ALONGSIDE_WEB_PROCESSES": "1",
        "DATABASE_URL": ready.web_url,
        "GRANIAN_SSL_CERTIFICATE": str(var / "certificate.pem"),  # In place of nginx.
        "GRANIAN_SSL_KEYFILE": str(var / "key.pem"),
        **settings,
    }
    made = Production(
        f"https://localhost:{port}", pin, var, web, web | {"DATABASE_OWNER_URL": ready.owner_url}
    )
    command = [sys.executable, "-m", "alongside", "serve", "--port", str(port)]
    server = processes.Child("web server", command, var / "web.log", web)
    try:
        run(made.owner, "migrate", "--quiet")
        make_councils(made)
        server.start()
        wait_for(lambda: answers(port) or not server.is_running(), 60)
        assert server.is_running(), server.last_words()
        yield made
    finally:
        server.stop()
        with database.connect(ADMIN) as admin:
            database.drop_database(admin, name)
        shutil.rmtree(var, ignore_errors=True)


def make_councils(made: Production) -> None:
    """From their registers of schools, one invented school each."""
    for code, name in COUNCILS.items():
        file = made.var / f"register-{code}.csv"
        file.write_text(
            f"{HEADER}\r\n9{code}01,{code},{name},4001,{name} Example School,Open,,\r\n"
        )
        run(made.owner, "import", "schools", str(file), "--council", code, "--create-council")


def make_certificate(folder: Path) -> str:
    """One for localhost that nobody signed but itself; answers the pin that a browser can trust it by."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(hashlib.sha256(public).digest()).decode()


def answers(port: int) -> bool:
    unverified = ssl._create_unverified_context()
    connection = http.client.HTTPSConnection("localhost", port, timeout=20, context=unverified)
    try:
        connection.request("GET", "/sign-in/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
