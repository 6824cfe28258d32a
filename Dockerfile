# Two stages: the program is built where the compiler is, and runs where little else is. The build asks no database: .sqlx answers for it.
FROM rust:1.95-bookworm AS build
WORKDIR /src
ENV SQLX_OFFLINE=true
COPY . .
# The caches keep dependencies between builds; what is built lies in a cache too, so the program is copied out of it in the same step.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin binhyen \
    && cp target/release/binhyen /usr/local/bin/binhyen

FROM debian:bookworm-slim
# Certificates for mail, object stores and single sign-on; nothing of PostgreSQL, which is a container of its own.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/binhyen --shell /usr/sbin/nologin binhyen \
    && install -d -o binhyen -g binhyen -m 0750 /var/lib/binhyen
COPY --from=build /usr/local/bin/binhyen /usr/local/bin/binhyen
USER 10001:10001
WORKDIR /var/lib/binhyen
# Inside a container loopback would reach nobody. TLS ends in front: see docs/operations.md. Numbers stay on loopback, for a neighbour in the
# same network namespace.
ENV BINHYEN_LISTEN=0.0.0.0:8390 \
    BINHYEN_DATA=/var/lib/binhyen
VOLUME /var/lib/binhyen
EXPOSE 8390
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["binhyen", "healthcheck"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["binhyen"]
CMD ["serve"]
