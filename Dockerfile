# Two stages: the first makes the environment, the second only runs it.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/inloop
WORKDIR /src
COPY requirements-run.lock ./
RUN /opt/inloop/bin/pip install --require-hashes --no-deps --only-binary=:all: -r requirements-run.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY dialogen dialogen
COPY opslag opslag
RUN /opt/inloop/bin/pip install --no-deps --no-build-isolation . \
 && /opt/inloop/bin/pip uninstall --yes setuptools pip

FROM python:3.13-slim
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin inloop \
 && install --directory --owner=inloop --group=inloop --mode=0700 /data
COPY --from=build /opt/inloop /opt/inloop
ENV PATH=/opt/inloop/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    INLOOP_DATABASE_URL=sqlite:////data/inloop.db \
    INLOOP_WEB_HOST=0.0.0.0 \
    INLOOP_WEB_PORT=8080 \
    INLOOP_LOG=json
USER inloop
WORKDIR /data
VOLUME /data
EXPOSE 8080
# The first start imports much and migrates the database: give it a minute.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['INLOOP_WEB_PORT'] + '/health', timeout=4)"]
CMD ["inloop", "run"]
