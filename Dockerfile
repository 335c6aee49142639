# Personalify with its embedded database: docs/deployment.md. Nothing here needs more than the classic builder.
FROM debian:12-slim AS build
WORKDIR /src
ENV LANG=C.UTF-8
# First what changes rarely: compiler, libraries, the emotion model's runtime, the API page.
COPY script/bootstrap script/bootstrap
COPY script/lib script/lib
COPY script/packages script/packages
COPY web/package.json web/package-lock.json web/
RUN script/bootstrap --only build
COPY . .
ARG REVISION=unknown
RUN cmake --preset release -DPERSONALIFY_REVISION="$REVISION"
RUN cmake --build build/release --target personalify package-files
RUN DESTDIR=/image cmake --install build/release --prefix /usr --strip \
    && rm -r /image/etc /image/lib /image/usr/share/lintian /image/usr/share/man

FROM debian:12-slim
# What `ldd` says the program needs; the tests hold this list against the Debian package's.
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        ca-certificates \
        libarchive13 \
        libboost-container1.81.0 \
        libboost-json1.81.0 \
        libboost-url1.81.0 \
        libbrotli1 \
        libcurl4 \
        libfmt9 \
        libgumbo1 \
        libicu72 \
        libspdlog1.10 \
        libsqlite3-0 \
        libssl3 \
        libstdc++6 \
        zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin personalify \
    && install -d -m 0700 -o 10001 -g 10001 /data
COPY --from=build /image/ /
ENV LISTEN=0.0.0.0 DEMO_LISTEN=0.0.0.0 DATA_DIR=/data
# A number, so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
# The service, and the demo's own Spotify.
EXPOSE 8000 8001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 CMD ["personalify", "health"]
ENTRYPOINT ["personalify"]
CMD ["serve"]
