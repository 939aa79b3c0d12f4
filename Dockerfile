ARG PYTHON_IMAGE=python:3.11-slim

# Makes the wheel. The build's own tools are pinned by hash too, and stay out of the image.
FROM ${PYTHON_IMAGE} AS build
WORKDIR /build
COPY requirements-dev.lock ./
RUN awk '/^[a-z]/ { keep = /^(hatchling|packaging|pathspec|pluggy|trove-classifiers)==/ } keep' requirements-dev.lock > build.lock \
    && pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r build.lock
COPY . .
RUN pip wheel --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir /wheel .

FROM ${PYTHON_IMAGE}

ENV PYTHONUNBUFFERED=1 \
    COMMENSAL_DATA_DIR=/data \
    COMMENSAL_LISTEN=0.0.0.0:8080

RUN groupadd --gid 10001 commensal \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin commensal \
    && install -d -m 0700 -o commensal -g commensal /data

# Before the code, so that a change of ours does not fetch everything again.
COPY requirements.lock /tmp/
RUN pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r /tmp/requirements.lock

RUN --mount=type=bind,from=build,source=/wheel,target=/wheel \
    pip install --no-cache-dir --disable-pip-version-check --no-deps /wheel/*.whl

# By number, so that a host can tell that it is not root.
USER 10001:10001
WORKDIR /data

STOPSIGNAL SIGTERM

# Alive only: a Telegram that cannot be reached is no reason to start again.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health/live', timeout=4)"]

ENTRYPOINT ["commensal"]
CMD ["run"]
