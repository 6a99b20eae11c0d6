# The service. Build: docker build --build-arg REVISION="$(git rev-parse HEAD)" -t bastion .
# Run: docker run --read-only --cap-drop ALL --volume ledger:/var/lib/bastion --env BASTION_… bastion
# Deploy it by digest: terraform-modules/bastion-orchestrator takes nothing else.

# Base images are pinned by the digest of their index, for every platform. Dependabot proposes newer ones
# (.github/dependabot.yml).
FROM eclipse-temurin:25-jdk-noble@sha256:264fafc3390db78c93dc51da0109a0d66ad1fb59f7a893f12b7e3df1f15e52da AS build
WORKDIR /source
COPY . .
# Maven's downloads stay in the builder's cache, not in a layer.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -q --batch-mode -Psbom -pl app,sandbox -am -DskipTests -Dspotless.skip -Djacoco.skip package \
    && docker/link.sh /opt/bastion

FROM debian:trixie-slim@sha256:3a39a0592364683e6bab97937b72cad5a8fa6dcbbee90edb3bb48c7f8e94f258
ARG REVISION=unknown
LABEL org.opencontainers.image.title="bastion" \
      org.opencontainers.image.description="Grants temporary database access by committing to git, and ends it by committing again" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="${REVISION}"

# The service needs only bash beside its own Java: no git, no curl, no login shell.
COPY --from=build /opt/bastion /opt/bastion
COPY docker/bastion-health /usr/local/bin/bastion-health
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /var/lib/bastion --shell /usr/sbin/nologin bastion \
    && mkdir -p /var/lib/bastion \
    && chown bastion:bastion /var/lib/bastion \
    && chmod 0700 /var/lib/bastion

# The only directory that the service writes to: its clone of the ledger, which may be lost at any time. The volume is declared
# after chown, so that Fargate mounts it with that owner.
VOLUME ["/var/lib/bastion"]
ENV HOME=/var/lib/bastion
USER 10001:10001
WORKDIR /var/lib/bastion
EXPOSE 8080

# Checks that the process lives, not that it is ready: a Slack that is down is no reason to restart.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 CMD ["/usr/local/bin/bastion-health"]
ENTRYPOINT ["/opt/bastion/bin/bastion"]
CMD ["serve"]
