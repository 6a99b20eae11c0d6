#!/bin/bash
# Downloads the providers of docker/providers into a mirror, and compares them with the checksums there:
# mirror-providers.sh TERRAFORM DESTINATION [SOURCE-MIRROR]
set -euo pipefail
terraform=$(realpath "$1") destination=$2 source=${3:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -a "$(dirname "${BASH_SOURCE[0]}")/providers/." "$scratch"
cd "$scratch"
mkdir -p "$destination"
if [ -n "$source" ]; then
  cp -a "$source/." "$destination"
else
  "$terraform" providers mirror -platform=linux_amd64 "$destination"
fi
# `providers mirror` compares versions alone: an init from the mirror, with a lock file it may not change, compares checksums.
printf 'provider_installation {\n  filesystem_mirror {\n    path = "%s"\n  }\n}\n' "$destination" >terraform.rc
TF_CLI_CONFIG_FILE=$scratch/terraform.rc "$terraform" init -backend=false -input=false -no-color -lockfile=readonly ||
  { echo "mirror-providers.sh: a provider is not the one that docker/providers/.terraform.lock.hcl names"; exit 1; }
