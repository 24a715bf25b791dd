#!/usr/bin/env bash
# Writes .env with secrets of its own for docker-compose.yml: `docker/new-env.sh buurtbaan.example.nl`.
set -euo pipefail
cd "$(dirname "$0")/.."
host=${1:?"Give the name under which people reach Buurtbaan, as in: docker/new-env.sh buurtbaan.example.nl"}
if [ -e .env ]; then
  echo ".env is there already; it is left as it is." >&2
  exit 1
fi
random() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
umask 077
cat >.env <<END
ALLOWED_HOSTS=$host
SITE_ADDRESS=https://$host
SECRET_KEY=$(random)
POSTGRES_PASSWORD=$(random)
OWNER_PASSWORD=$(random)
APP_PASSWORD=$(random)
REDIS_PASSWORD=$(random)
END
echo "Wrote .env. Add the e-mail provider's settings; .env.example shows them." >&2
