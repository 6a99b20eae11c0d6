#!/usr/bin/env bash
# Tests the image's contents without Docker: docker/test.sh [DIRECTORY-OF-A-LINKED-SERVICE]
# Links the service as the Dockerfile does, then runs it as the image's user in a root that is read-only but for its one
# directory, and reads its health, as the container's health check does. Needs root (for the mounts) and a built
# app/ and sandbox/; nothing outside the namespace is changed.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
linked=${1:-$scratch/opt}
[ -d "$linked/java" ] || "$repository/docker/link.sh" "$linked"
[ -s "$linked/app.aot" ] || { echo "FAIL no cache of loaded classes"; exit 1; }

# What the bill of materials names, and what is there.
named=$(grep -oE '"purl" *: *"pkg:maven/[^"?]+' "$linked/sbom.json" | sed -E 's#.*/([^/@]+)@#\1-#' | sort -u)
present=$(find "$linked/app/lib" -name '*.jar' -printf '%f\n' | sed -E 's/(-linux-[a-z0-9_]+)?\.jar$//' | sort -u)
unnamed=$(comm -13 <(printf '%s\n' "$named") <(printf '%s\n' "$present"))
[ -z "$unnamed" ] || { printf 'FAIL the bill of materials (sbom.json) does not name:\n%s\n' "$unnamed"; exit 1; }
echo "ok   the bill of materials names each of the $(wc -l <<<"$present") jars"
if grep -qiE 'cdktf|jsii|terraform|bastion-apply' <<<"$present"; then
  printf 'FAIL the image has what only CI needs:\n%s\n' "$present"
  exit 1
fi
echo "ok   and no jar is one that only CI needs"

# shellcheck disable=SC2016 # the inner shells expand
unshare -mnpf --mount-proc --kill-child bash -euc '
  linked=$1 docker=$2
  ip link set lo up
  root=$(mktemp -d)
  mount -t tmpfs none "$root"
  mkdir -p "$root"/{usr,proc,dev,etc,opt/bastion,var/lib/bastion,tmp}
  for link in bin lib lib64 sbin; do [ -e "/$link" ] && ln -s "usr/$link" "$root/$link"; done
  mount --rbind -o ro /usr "$root/usr"
  mount --rbind /proc "$root/proc"
  mount --rbind /dev "$root/dev"
  mount --bind "$linked" "$root/opt/bastion"
  mount -o remount,bind,ro "$root/opt/bastion"
  install -m 0755 "$docker/bastion-health" "$root/opt/bastion-health"
  echo "bastion:x:10001:10001::/var/lib/bastion:/usr/sbin/nologin" >"$root/etc/passwd"
  mkdir -p "$root/home" && mount -t tmpfs none "$root/var/lib/bastion"
  chown 10001:10001 "$root/var/lib/bastion" && chmod 0700 "$root/var/lib/bastion"
  mount -o remount,ro "$root"
  in_root() { chroot --userspec=10001:10001 "$root" /usr/bin/env -i HOME=/var/lib/bastion PATH=/usr/bin:/bin BASTION_HTTP_PORT=8080 "$@"; }

  if in_root touch /somewhere 2>/dev/null; then echo "FAIL the root can be written to"; exit 1; fi
  echo "ok   the root is read-only, and the user is $(in_root id -u)"

  begun=$(date +%s%N)
  in_root BASTION_SLACK_APP_TOKEN=xapp-1 BASTION_SLACK_BOT_TOKEN=xoxb-1 BASTION_SLACK_CHANNEL=C00000000 \
    BASTION_SLACK_API_URL=http://127.0.0.1:9/api/ BASTION_LEDGER_REMOTE=file:///var/lib/bastion/none.git \
    BASTION_LEDGER_DIRECTORY=/var/lib/bastion/ledger.git BASTION_AWS_REGION=eu-west-1 BASTION_AWS_ENDPOINT=http://127.0.0.1:9 \
    AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none BASTION_HTTP_HOST=127.0.0.1 \
    JDK_JAVA_OPTIONS=-Xlog:class+load:file=/var/lib/bastion/classes \
    /opt/bastion/bin/bastion serve >"$3/log" 2>&1 &
  service=$!
  until in_root /opt/bastion-health 2>/dev/null; do
    kill -0 $service 2>/dev/null || { echo "FAIL it ended:"; tail -n 20 "$3/log"; exit 1; }
    [ $(($(date +%s%N) - begun)) -lt 60000000000 ] || { echo "FAIL no answer in a minute:"; tail -n 20 "$3/log"; exit 1; }
    sleep 0.02
  done
  echo "ok   alive after $((($(date +%s%N) - begun) / 1000000)) ms, with neither Slack nor a ledger nor AWS"
  if in_root /opt/bastion-health /readyz; then echo "FAIL it says it is ready"; exit 1; fi
  echo "ok   and reports that it is not ready"
  java=$(pgrep -x java)
  echo "     resident: $(($(awk "/VmRSS/ {print \$2}" /proc/$java/status) / 1024)) MiB"
  if grep -qiE "aot.*(error|mismatch|unable)|read-only file system|denied" "$3/log"; then echo "FAIL"; cat "$3/log"; exit 1; fi
  begun=$(date +%s)
  kill -TERM "$java"
  wait $service || true
  if kill -0 "$java" 2>/dev/null; then echo "FAIL it goes on"; kill -KILL "$java"; exit 1; fi
  [ $(($(date +%s) - begun)) -le 20 ] || { echo "FAIL it took $(($(date +%s) - begun)) s to stop"; exit 1; }
  echo "ok   stopped within $(($(date +%s) - begun)) s"
  loaded=$(wc -l <"$root/var/lib/bastion/classes")
  cached=$(grep -c "source: shared objects file" "$root/var/lib/bastion/classes")
  if [ $((cached * 100)) -lt $((loaded * 90)) ]; then
    echo "FAIL $cached of $loaded classes came from the cache; the others from:"
    grep -v "source: shared objects file" "$root/var/lib/bastion/classes" | sed "s/.*source: //" | sort | uniq -c | sort -rn | head
    exit 1
  fi
  echo "ok   $cached of $loaded classes came from the cache"
  # Signatures need its Ed25519 only; its security provider, hundreds of classes, is for keys over ssh.
  if grep -q "org\.bouncycastle\.jc" "$root/var/lib/bastion/classes"; then
    echo "FAIL the provider of Bouncy Castle is loaded without a key to read; see link.sh: is each listed security provider there?"
    exit 1
  fi
  echo "ok   and the provider of Bouncy Castle was not loaded"
' - "$linked" "$repository/docker" "$scratch"
