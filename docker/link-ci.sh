#!/bin/bash
# Assembles the command line of the image for CI from Maven's output in cli/: link-ci.sh DESTINATION
#   DESTINATION/java      a Java with the modules it uses and no others
#   DESTINATION/app       its jars
#   DESTINATION/sbom.json the software bill of materials (CycloneDX) of these jars
#   DESTINATION/bin       the command
# Needs a JDK 25 in JAVA_HOME or on the PATH. docker/ci.Dockerfile calls it; docker/ci-test.sh calls it where there is no Docker.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cli=${BASTION_CLI:-$(dirname "$here")/cli}
mkdir -p "$1/bin" "$1/app"
"$here/link-java.sh" "$cli/target/bastion-cli.jar" "$cli/target/lib" "$1/java"
cp -a "$cli/target/bastion-cli.jar" "$cli/target/lib" "$1/app"
[[ -s $cli/target/bastion.cdx.json ]] || { echo "link-ci.sh: cli/target/bastion.cdx.json is missing: build with ./mvnw -Psbom package"; exit 1; }
install -m 0644 "$cli/target/bastion.cdx.json" "$1/sbom.json"
install -m 0755 "$(dirname "$here")/cli/src/dist/bastion" "$1/bin/bastion"
