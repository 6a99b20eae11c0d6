#!/bin/bash
# Puts together what runs in the image, from what Maven built of app/ and sandbox/: link.sh DESTINATION
#   DESTINATION/java      a Java with the modules the service uses and no others
#   DESTINATION/app       its jars
#   DESTINATION/app.aot   classes as they are once loaded, and what is hot in them (JDK 25, JEP 483, 514 and 515)
#   DESTINATION/bin       the command
# Needs a JDK 25 in JAVA_HOME or on the PATH. The Dockerfile calls it; docker/test.sh calls it where there is no Docker.
set -euo pipefail
mkdir -p "$1/bin"
destination=$(cd "$1" && pwd)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$here")
target=$repository/app/target
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}

# What no bytecode names: TLS by elliptic curves, sockets' keep-alive options, jar files as file systems, sun.misc.Unsafe.
modules=$("$jdk/bin/jdeps" --print-module-deps --ignore-missing-deps --multi-release 25 --recursive \
  --class-path "$target/lib/*" "$target/bastion.jar"),jdk.crypto.ec,jdk.net,jdk.zipfs,jdk.unsupported

"$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --compress zip-6 --output "$destination/java"
# A security provider that is listed and not there is looked for on the class path, where Bouncy Castle would be loaded at
# every start to say that it is not the one; it is wanted for keys over ssh alone, by name.
sed -i -E '/^security\.provider\.[0-9]+=(XMLDSig|SunPCSC|JdkLDAP|JdkSASL|SunPKCS11)$/d' "$destination/java/conf/security/java.security"
mkdir "$destination/app"
cp -a "$target/bastion.jar" "$target/lib" "$destination/app"

# Classes of signed jars are in no cache, and their signers are nobody we would ask: Maven has checked what it fetched.
scratch=$(mktemp -d)
for jar in "$destination"/app/lib/*.jar; do
  "$jdk/bin/jar" --list --file "$jar" | grep -qE '^META-INF/[^/]+\.SF$' || continue
  rm -rf "$scratch/jar" && mkdir "$scratch/jar"
  (cd "$scratch/jar" && "$jdk/bin/jar" --extract --file "$jar" && rm META-INF/*.SF META-INF/*.RSA)
  sed '/^\r*$/,$d' "$scratch/jar/META-INF/MANIFEST.MF" >"$scratch/manifest"
  rm "$scratch/jar/META-INF/MANIFEST.MF"
  "$jdk/bin/jar" --create --date 1980-02-01T00:00:00Z --file "$jar" --manifest "$scratch/manifest" -C "$scratch/jar" .
done
rm -rf "$scratch"

install -m 0755 "$here/bastion" "$destination/bin/bastion"

# One run to learn from: the service is started in the sandbox's Slack, forge and AWS, asked what people ask it, and stopped as
# an orchestrator stops it; at its end its Java writes down which classes were used. Without a cache it works too, only later.
scratch=$(mktemp -d)
cd "$destination"
env -i PATH="$PATH" "$jdk/bin/java" -XX:+UseSerialGC -Dfile.encoding=UTF-8 -Djava.io.tmpdir="$scratch" \
  -cp "$repository/sandbox/target/bastion-sandbox.jar:$repository/sandbox/target/lib/*" dev.bastion.sandbox.Main rehearse \
  --scratch "$scratch" -- env HOME="$scratch" TMPDIR="$scratch" AOT_OUTPUT=app.aot bin/bastion serve ||
  { echo "link.sh: the rehearsal failed; the service said:"; tail -n 20 "$scratch/service.log"; exit 1; }
[[ -s app.aot ]] || { echo "link.sh: no cache was written; the service said:"; tail -n 20 "$scratch/service.log"; exit 1; }
rm -rf "$scratch"
du -sh java app app.aot
