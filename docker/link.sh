#!/bin/bash
# Puts together what runs in the image: link.sh APP-TARGET DESTINATION
#   DESTINATION/java      a Java with the modules the service uses and no others
#   DESTINATION/app       its jars
#   DESTINATION/app.aot   classes as they are once loaded, which halves the start (JDK 25, JEP 483 and 514)
#   DESTINATION/bin       the command
# Needs a JDK 25 in JAVA_HOME or on the PATH. The Dockerfile calls it; docker/test.sh calls it where there is no Docker.
set -euo pipefail
target=$(cd "$1" && pwd)
destination=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
jdk=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}

# What no bytecode names: TLS by elliptic curves, sockets' keep-alive options, jar files as file systems, sun.misc.Unsafe.
modules=$("$jdk/bin/jdeps" --print-module-deps --ignore-missing-deps --multi-release 25 --recursive \
  --class-path "$target/lib/*" "$target/bastion.jar"),jdk.crypto.ec,jdk.net,jdk.zipfs,jdk.unsupported

mkdir -p "$destination/bin"
"$jdk/bin/jlink" --add-modules "$modules" --strip-java-debug-attributes --no-header-files --no-man-pages \
  --compress zip-6 --output "$destination/java"
mkdir "$destination/app"
cp -a "$target/bastion.jar" "$target/lib" "$destination/app"
install -m 0755 "$here/bastion" "$destination/bin/bastion"

# One run to learn from: the service with a Slack that never answers, stopped after some seconds as an orchestrator stops
# it. Whatever it cannot do meanwhile, the classes of its start are loaded. Without a cache it works too, only later.
scratch=$(mktemp -d)
cd "$destination"
env -i HOME="$scratch" PATH="$PATH" BASTION_SLACK_APP_TOKEN=xapp-1 BASTION_SLACK_BOT_TOKEN=xoxb-1 BASTION_SLACK_CHANNEL=C00000000 \
  BASTION_SLACK_API_URL=http://127.0.0.1:9/api/ BASTION_LEDGER_REMOTE="file://$scratch/none.git" \
  BASTION_LEDGER_DIRECTORY="$scratch/ledger.git" BASTION_AWS_REGION=eu-west-1 BASTION_AWS_ENDPOINT=http://127.0.0.1:9 \
  BASTION_HTTP_HOST=127.0.0.1 BASTION_HTTP_PORT=0 BASTION_LOG_FORMAT=json AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none \
  timeout --signal=TERM --kill-after=60 15 java/bin/java -XX:AOTCacheOutput=app.aot -XX:+UseSerialGC -XX:-UsePerfData \
  --enable-native-access=ALL-UNNAMED -Dfile.encoding=UTF-8 -Djava.io.tmpdir="$scratch" \
  -cp 'app/bastion.jar:app/lib/*' dev.bastion.app.Main serve >"$scratch/log" 2>&1 || true
[[ -s app.aot ]] || { echo "link.sh: no cache was written; the run said:"; tail -n 20 "$scratch/log"; exit 1; }
rm -rf "$scratch"
du -sh java app app.aot
