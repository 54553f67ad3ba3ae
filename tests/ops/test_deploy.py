"""What `deploy/` gives an operator to copy: held to what systemd, nginx and our own verbs take."""

import configparser
import re
import shutil
import subprocess

import pytest

from alongside.command import VERBS
from alongside.ops.places import PROJECT
from tests.journeys.production import make_certificate

DEPLOY = PROJECT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
CODE = "\n".join(path.read_text() for path in (PROJECT / "alongside").rglob("*.py"))


def unit(path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read(path)
    return parser


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_service_runs_a_verb_that_there_is_as_a_user_of_its_own(path):
    service = unit(path)["Service"]

    verb = service["ExecStart"].partition("-m alongside ")[2].split()[0]
    assert verb in VERBS
    assert (service["User"], service["NoNewPrivileges"]) == ("alongside", "yes")
    assert service["EnvironmentFile"] == "/etc/alongside/alongside.env"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_systemd_takes_each_unit(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_text(path.read_text().replace("/opt/alongside/.venv/bin/python", "/bin/true"))

    said = subprocess.run(
        ["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False
    )

    assert path.name not in said.stderr, said.stderr


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not here")
def test_nginx_takes_the_example(tmp_path):
    """With a certificate and sockets of its own: a machine that tests has no say over port 443."""
    make_certificate(tmp_path)
    example = (DEPLOY / "nginx.conf.example").read_text()
    for written, here in (
        ("/etc/ssl/alongside/fullchain.pem", f"{tmp_path}/certificate.pem"),
        ("/etc/ssl/alongside/privkey.pem", f"{tmp_path}/key.pem"),
        ("/var/log/nginx", str(tmp_path)),
        ("listen 80;", f"listen unix:{tmp_path}/plain;"),
        ("listen 443 ssl", f"listen unix:{tmp_path}/ssl ssl"),
    ):
        assert written in example
        example = example.replace(written, here)
    (tmp_path / "site.conf").write_text(re.sub(r"listen \[::\].*", "", example))
    main = tmp_path / "nginx.conf"
    main.write_text(
        f"pid {tmp_path}/pid;\nerror_log {tmp_path}/error.log;\nevents {{}}\n"
        f"http {{ include {tmp_path}/site.conf; }}\n"
    )

    said = subprocess.run(
        ["nginx", "-t", "-c", str(main)], capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("name", ["alongside.env.example", "owner.env.example"])
def test_every_setting_of_the_examples_is_one_that_is_read(name):
    named = re.findall(r"^#?([A-Z][A-Z0-9_]+)=", (DEPLOY / name).read_text(), re.MULTILINE)

    # Of a council's own sign-in only the parts stand in the code: the council's number comes between.
    parts = [re.sub(r"ALONGSIDE_OIDC_\d+_", "", each) for each in named]

    assert named
    assert [each for each in parts if each not in CODE] == []
