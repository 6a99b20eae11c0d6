#!/bin/bash
# bastion-expiry: ends this bastion when its grant has ended, even if everything outside it is dead.
#
# Run each minute by bastion-expiry.timer. Reads the instance's own ExpiresAt tag (RFC 3339, UTC, whole seconds, like
# 2026-01-15T13:30:00Z) from the instance metadata service (IMDSv2), so that an extension is a tag that moves and nothing
# else. Shutting down is terminating: the module sets instance_initiated_shutdown_behavior = "terminate".
#
# It fails closed. The bastion is shut down when
#   - the tag's moment has passed, by this machine's clock or by that of the metadata service, whichever is later
#     (a clock that was set back, or never set, does not prolong a grant; the metadata service dates its answers);
#   - no deadline could be read for PATIENCE seconds: metadata dead, tag missing, tag not a moment;
#   - no deadline can be read and the last one read has passed;
#   - the machine has been up longer than any grant may last.
# Patience and age are counted in uptime, which nobody sets. If this script itself fails, bastion-expiry.service powers off.
#
# What it cannot do: withstand a person who is root here. That is what the schedule and the service outside are for.
set -euo pipefail

readonly metadata="${BASTION_METADATA_URL:-http://169.254.169.254}"
readonly state="${BASTION_EXPIRY_STATE:-/run/bastion-expiry}/last-read"
readonly patience="${BASTION_EXPIRY_PATIENCE:-300}"
readonly longest="${BASTION_EXPIRY_LONGEST:-604800}"
readonly uptime_file="${BASTION_UPTIME_FILE:-/proc/uptime}"
readonly console="${BASTION_CONSOLE:-/dev/console}"

say() { printf '%s %s\n' "$1" "${*:2}"; }

# shout: to the console too, which can be read from outside (ec2:GetConsoleOutput) when nobody can get in.
shout() {
  say "$@"
  { say "bastion-expiry: $1" "${@:2}" >"$console"; } 2>/dev/null || true
}

# end REASON: every way down there is, the polite one first.
end() {
  shout bastion.ending "reason=\"$1\" uptime=${uptime}s"
  shutdown -h now "This bastion ends now: $1" || systemctl poweroff --force || poweroff -f
  exit 0
}

# ask ARGUMENT...: sets body (its first line), status, and their_clock when the metadata service dates its answer.
ask() {
  local answer lines
  why="metadata service does not answer"
  answer=$(curl -q --silent --show-error --noproxy '*' --connect-timeout 2 --max-time 5 --max-filesize 4096 \
    --write-out '\n%header{date}\n%{http_code}' "$@") || return 1
  mapfile -t lines <<<"$answer"
  body=${lines[0]} status=${lines[-1]}
  their_clock=$(date -u -d "${lines[-2]:-@0}" +%s 2>/dev/null) || their_clock=0
}

# read_tag: sets tag, or why there is none.
read_tag() {
  ask -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata/latest/api/token" || return 1
  why="metadata service gives no token, status $status"
  [[ $status == 200 ]] || return 1
  ask -H "X-aws-ec2-metadata-token: $body" "$metadata/latest/meta-data/tags/instance/ExpiresAt" || return 1
  why="no ExpiresAt tag, status $status"
  [[ $status == 200 ]] || return 1
  tag=$body
}

# read_deadline: sets deadline (seconds since the epoch), or why there is none.
read_deadline() {
  read_tag || return 1
  why="ExpiresAt is not like 2026-01-15T13:30:00Z"
  [[ $tag =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$ ]] || return 1
  deadline=$(date -u -d "$tag" +%s 2>/dev/null) || return 1
}

# Sets last_read (uptime at which a deadline was last read; 0 is the boot) and last_deadline (0 when there was none).
recall() {
  last_read=0 last_deadline=0
  [[ -r $state ]] || return 0
  read -r last_read last_deadline <"$state" || true
  [[ $last_read =~ ^[0-9]+$ && $last_deadline =~ ^[0-9]+$ && $last_read -le $uptime ]] || last_read=0 last_deadline=0
}

remember() {
  mkdir -p "${state%/*}"
  printf '%s %s\n' "$uptime" "$deadline" >"$state.new"
  mv -f "$state.new" "$state"
}

read -r uptime _ <"$uptime_file"
uptime=${uptime%.*}
clock=$(date -u +%s)
their_clock=0 body='' status='' tag='' why='' deadline=0
[[ $uptime -lt $longest ]] || end "up for longer than any grant"
recall

if read_deadline; then
  now=$((their_clock > clock ? their_clock : clock))
  if ((their_clock > 0 && (clock - their_clock > 60 || their_clock - clock > 60))); then
    say bastion.clock_differs "ours=$clock theirs=$their_clock: the later one counts; see 'chronyc tracking'"
  fi
  ((now < deadline)) || end "its grant ended at $tag"
  remember
  say bastion.open "expires_at=$tag left=$((deadline - now))s"
  exit 0
fi

blind=$((uptime - last_read))
shout bastion.blind "why=\"$why\" for=${blind}s of=${patience}s"
((last_deadline == 0 || clock < last_deadline)) || end "its grant ended, and nothing newer can be read: $why"
((blind < patience)) || end "nothing to go by for ${blind}s: $why"
