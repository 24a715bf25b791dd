"""What a server is given: container files that leave nothing to guess, a page that lists every setting."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from buurtbaan.local.places import CHECKOUT, Places
from buurtbaan.local.programs import client_program

COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "schedule"]
SECRETS = {"SECRET_KEY", "POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD", "REDIS_PASSWORD"}


def test_compose_refuses_to_start_without_each_secret_and_has_no_default_for_any() -> None:
    text = (CHECKOUT / "docker-compose.yml").read_text()
    used = re.findall(r"(?<!\$)\$\{(\w+)([^}]*)\}", text)
    assert {name for name, rest in used if rest == ":?"} >= SECRETS
    assert not [name for name, rest in used if name in SECRETS and rest != ":?"]


def test_a_new_env_file_has_a_secret_of_its_own_for_each_name(tmp_path: Path) -> None:
    (tmp_path / "docker").mkdir()
    script = tmp_path / "docker" / "new-env.sh"
    script.write_text((CHECKOUT / "docker" / "new-env.sh").read_text())
    subprocess.run(["bash", script, "buurtbaan.example"], check=True, capture_output=True)
    values = dict(line.split("=", 1) for line in (tmp_path / ".env").read_text().splitlines())
    secrets = [values[name] for name in sorted(SECRETS)]
    assert all(re.fullmatch(r"[0-9a-f]{64}", secret) for secret in secrets)
    assert len(set(secrets)) == len(SECRETS)
    assert (tmp_path / ".env").stat().st_mode & 0o077 == 0
    again = subprocess.run(["bash", script, "buurtbaan.example"], check=False, capture_output=True)
    assert again.returncode == 1


def test_the_example_env_file_names_everything_compose_asks_for() -> None:
    text = (CHECKOUT / "docker-compose.yml").read_text()
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", text))
    named = set(re.findall(r"^#?(\w+)=", (CHECKOUT / ".env.example").read_text(), re.MULTILINE))
    assert asked == named


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_do_no_more_than_they_need(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_only_the_migration_holds_the_owner_s_key() -> None:
    holders = [name for name in OURS if "OWNER" in str(SERVICES[name]["environment"])]
    assert holders == ["migrate"]


def test_nothing_is_published_beyond_this_machine() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:${PORT:-8000}:8000"]


def test_images_have_a_tag_and_the_last_one_runs_without_rights() -> None:
    lines = (CHECKOUT / "Dockerfile").read_text().splitlines()
    images = [line.split()[1] for line in lines if line.startswith("FROM ")]
    images += [service["image"] for name, service in SERVICES.items() if name not in OURS]
    assert all(re.fullmatch(r"[a-z]+:\d[\w.-]*", image) for image in images), images
    assert [line for line in lines if line.startswith("USER ")] == ["USER 10001:10001"]


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    ignored = (CHECKOUT / ".dockerignore").read_text().split()
    for line in (CHECKOUT / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            sources = line.split()[1:-1]
            assert all((CHECKOUT / source).exists() and source not in ignored for source in sources), line


def test_every_setting_is_described() -> None:
    settings = (CHECKOUT / "buurtbaan" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))
    described = set(re.findall(r"`(\w+)`", (CHECKOUT / "docs" / "operations.md").read_text()))
    assert read
    assert read - described == set()


def test_the_server_s_roles_are_as_bound_as_the_local_ones(where: Places, script: Any) -> None:
    process = script("from buurtbaan import local; import os; local.ensure_postgres(); os._exit(0)")
    assert process.wait(180) == 0
    with psycopg.connect(
        host=str(where.sockets), user="postgres", dbname="postgres", autocommit=True
    ) as root:
        for statement in ("DATABASE buurtbaan", "ROLE buurtbaan_owner", "ROLE buurtbaan_app"):
            root.execute(f"DROP {statement}")
        path = f"{client_program('psql').parent}:{os.environ['PATH']}"
        environment = {"PATH": path, "PGHOST": str(where.sockets), "POSTGRES_USER": "postgres"}
        passwords = {"OWNER_PASSWORD": "a'b", "APP_PASSWORD": "c"}
        command = ["bash", str(CHECKOUT / "docker" / "roles.sh")]
        subprocess.run(command, env=environment | passwords, check=True, capture_output=True)
        roles = root.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles"
            " WHERE rolname LIKE 'buurtbaan%' ORDER BY 1"
        ).fetchall()
    assert roles == [("buurtbaan_app", False, False, True), ("buurtbaan_owner", False, False, True)]
    with psycopg.connect(host=str(where.sockets), user="buurtbaan_owner", dbname="buurtbaan") as owner:
        owner.execute("CREATE TABLE mine (n int)")
        owner.execute("CREATE EXTENSION pg_trgm")
        owner.execute("SET ROLE buurtbaan_app")
