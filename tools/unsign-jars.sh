#!/usr/bin/env bash
# Takes the signatures out of the jars of a directory: unsign-jars.sh DIRECTORY
# Java caches no class of a signed jar, and verifies each when it loads it. The signatures are not needed: Maven has checked its
# downloads. A jar is replaced, not changed: it may be a link to one that keeps its signature. Needs a JDK in JAVA_HOME or on the
# PATH.
set -euo pipefail
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# the names of a jar's files stand in it as they are
{ LC_ALL=C grep -laE 'META-INF/[A-Za-z0-9_-]+\.SF' "$1"/*.jar || true; } | while read -r jar; do
  rm -rf "$scratch/jar" && mkdir "$scratch/jar"
  (cd "$scratch/jar" && "$jdk/bin/jar" --extract --file "$jar" && rm -f META-INF/*.SF META-INF/*.RSA META-INF/*.DSA META-INF/*.EC)
  sed '/^\r*$/,$d' "$scratch/jar/META-INF/MANIFEST.MF" >"$scratch/manifest"
  rm "$scratch/jar/META-INF/MANIFEST.MF"
  "$jdk/bin/jar" --create --date 1980-02-01T00:00:00Z --file "$scratch/unsigned.jar" --manifest "$scratch/manifest" -C "$scratch/jar" .
  mv -f "$scratch/unsigned.jar" "$jar"
done
