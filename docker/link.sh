#!/bin/bash
# Assembles the image's contents from Maven's output in app/ and sandbox/: link.sh DESTINATION [--without-sbom]
#   DESTINATION/java      a Java with the modules the service uses and no others
#   DESTINATION/app       its jars
#   DESTINATION/sbom.json the software bill of materials (CycloneDX) of these jars
#   DESTINATION/app.aot   the cache of loaded classes and their profiles (JDK 25, JEP 483, 514 and 515)
#   DESTINATION/bin       the command
# Needs a JDK 25 in JAVA_HOME or on the PATH. The Dockerfile calls it; docker/test.sh calls it where there is no Docker.
set -euo pipefail
mkdir -p "$1/bin"
destination=$(cd "$1" && pwd)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$here")
target=$repository/app/target
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}

"$here/link-java.sh" "$target/bastion.jar" "$target/lib" "$destination/java"
mkdir "$destination/app"
cp -a "$target/bastion.jar" "$target/lib" "$destination/app"
if [[ ${2:-} != --without-sbom ]]; then # which is for measuring alone
  [[ -s $target/bastion.cdx.json ]] || { echo "link.sh: app/target/bastion.cdx.json is missing: build with ./mvnw -Psbom package"; exit 1; }
  install -m 0644 "$target/bastion.cdx.json" "$destination/sbom.json"
fi

"$repository/tools/unsign-jars.sh" "$destination/app/lib"

install -m 0755 "$here/bastion" "$destination/bin/bastion"

# A training run: the service starts against the sandbox's Slack, GitHub and AWS, answers typical requests, and is stopped as
# an orchestrator stops it; at its end Java writes the cache of the classes in use. Without a cache the start is only slower.
scratch=$(mktemp -d)
cd "$destination"
env -i PATH="$PATH" "$jdk/bin/java" -XX:+UseSerialGC -Dfile.encoding=UTF-8 -Djava.io.tmpdir="$scratch" \
  -cp "$repository/sandbox/target/bastion-sandbox.jar:$repository/sandbox/target/lib/*" dev.bastion.sandbox.Main rehearse \
  --scratch "$scratch" --manifest "$repository/app/slack-manifest.yaml" -- env HOME="$scratch" TMPDIR="$scratch" AOT_OUTPUT=app.aot bin/bastion serve ||
  { echo "link.sh: the rehearsal failed; the service said:"; tail -n 20 "$scratch/service.log"; exit 1; }
[[ -s app.aot ]] || { echo "link.sh: no cache was written; the service said:"; tail -n 20 "$scratch/service.log"; exit 1; }
rm -rf "$scratch"
du -sh java app app.aot
