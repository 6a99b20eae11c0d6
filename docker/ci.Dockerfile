# The image for CI: the command line, Terraform, Terragrunt, the providers and what they need. docs/any-ci.md says what CI does.
# Build: docker build --file docker/ci.Dockerfile --build-arg REVISION="$(git rev-parse HEAD)" -t bastion-ci .
# Name it by digest: whoever can replace a tag can run anything with the apply role.
#
# For linux/amd64: docker/providers/.terraform.lock.hcl has no checksum of another platform's providers.

# Base images are pinned as in the Dockerfile of the service.
FROM eclipse-temurin:25-jdk-noble@sha256:264fafc3390db78c93dc51da0109a0d66ad1fb59f7a893f12b7e3df1f15e52da AS build
WORKDIR /source
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -q --batch-mode -Psbom -pl cli -am -DskipTests -Dspotless.skip -Djacoco.skip package \
    && docker/link-ci.sh /opt/bastion

# Terraform and Terragrunt, built from source: Go verifies each module by its checksum database, and the launcher pins them.
FROM debian:trixie-slim@sha256:3a39a0592364683e6bab97937b72cad5a8fa6dcbbee90edb3bb48c7f8e94f258 AS tools
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git golang-go && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY bastion .
COPY docker docker
RUN ./bastion terraform && ./bastion terragrunt && docker/mirror-providers.sh .tools/bin/terraform /opt/providers

FROM debian:trixie-slim@sha256:3a39a0592364683e6bab97937b72cad5a8fa6dcbbee90edb3bb48c7f8e94f258
ARG REVISION=unknown
LABEL org.opencontainers.image.title="bastion-ci" \
      org.opencontainers.image.description="Plans and applies the environments of a bastion ledger in CI" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="${REVISION}"

# Node for CDKTF; aws and gh for `bastion drift`. Debian's signatures cover the packages, which change with the base image.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends awscli ca-certificates gh git nodejs \
    && rm -rf /var/lib/apt/lists/* \
    # the workspace belongs to another user; bastion itself runs no hook or program of a clone's configuration
    && git config --system --add safe.directory '*'
COPY --from=tools /source/.tools/bin /usr/local/bin
COPY --from=tools /opt/providers /opt/providers
COPY --from=build /opt/bastion /opt/bastion
RUN ln -s /opt/bastion/bin/bastion /usr/local/bin/bastion

ENV BASTION_PROVIDER_MIRROR=/opt/providers \
    CHECKPOINT_DISABLE=1 \
    JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20
# checkov:skip=CKV_DOCKER_2:a job, not a service: nothing asks for its health
# checkov:skip=CKV_DOCKER_3:CI services write the workspace as root, and the job runs what the default branch says
CMD ["bastion", "--help"]
