#!/bin/bash
# Runs the guest timer's script as a program against a metadata service that is ours: test.sh [TEST...]
# Needs bash, curl, python3, unshare and, as root or with user namespaces, ip. Nothing of this machine is changed.
set -uo pipefail

guest=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly guest
readonly hour=3600
passed=0 failed=0

# ---- the world of one test: a directory with the fake metadata, a fake clock, a fake uptime and a fake shutdown

world() {
  world=$(mktemp -d)
  mkdir "$world/bin" "$world/metadata" "$world/state"
  fake shutdown "echo \"\$*\" >>'$world/shut-down'"
  fake systemctl "echo \"\$*\" >>'$world/systemctl'"
  fake poweroff "echo \"\$*\" >>'$world/powered-off'"
  uptime_is 600
  metadata_up
}

fake() { printf '#!/bin/bash\n%s\n' "$2" >"$world/bin/$1" && chmod +x "$world/bin/$1"; }
uptime_is() { echo "$1.23 99.00" >"$world/uptime"; }
clock_is_off_by() { fake date "if [[ \$* == '-u +%s' ]]; then echo \$((\$(/bin/date +%s) + $1)); else exec /bin/date \"\$@\"; fi"; }
moment() { date -u -d "@$(($(date +%s) + $1))" +%Y-%m-%dT%H:%M:%SZ; }
tag_is() { printf '%s' "$1" >"$world/metadata/tag"; }
last_read_was_of() { echo "600 $(($(date +%s) + $1))" >"$world/state/last-read"; }
expires_in() { tag_is "$(moment "$1")"; }

metadata_up() {
  rm -f "$world/metadata/port"
  python3 "$guest/fake-metadata.py" "$world/metadata" >/dev/null 2>&1 &
  server=$!
  disown "$server"
  until [[ -s $world/metadata/port ]]; do sleep 0.02; done
  url="http://127.0.0.1:$(<"$world/metadata/port")"
}

metadata_down() { kill "$server" 2>/dev/null && while kill -0 "$server" 2>/dev/null; do sleep 0.02; done; }

# minute: what the systemd timer does, once; exit status in status
minute() {
  PATH="$world/bin:$PATH" BASTION_METADATA_URL=$url BASTION_EXPIRY_STATE=$world/state BASTION_UPTIME_FILE=$world/uptime \
    BASTION_CONSOLE=$world/console "$guest/bastion-expiry.sh" >>"$world/log" 2>&1
  status=$?
}

fails() { echo "    $1" && sed 's/^/      | /' "$world/log" 2>/dev/null; exit 1; }
stays_open() { [[ ! -e $world/shut-down && $status == 0 ]] || fails "it should have stayed open (status $status)"; }
ends() { [[ -e $world/shut-down && $status == 0 ]] || fails "it should have ended (status $status)"; }
logs() { grep -qF -- "$1" "$world/log" || fails "it should have logged: $1"; }

# ---- the deadline

test_a_tag_in_the_future_leaves_it_open() { expires_in $hour; minute; stays_open; logs 'bastion.open expires_at='; }
test_a_tag_in_the_past_ends_it() { expires_in -1; minute; ends; logs 'its grant ended at'; }
test_it_ends_at_the_moment_itself_not_a_minute_later() { expires_in 0; minute; ends; }
test_the_person_on_the_machine_is_told_why() {
  expires_in -1; minute; ends
  grep -q 'now This bastion ends now: its grant ended' "$world/shut-down" || fails "no message with the shutdown"
}
test_an_extension_is_a_tag_that_moved() {
  last_read_was_of -60; expires_in $hour; minute; stays_open
}
test_an_end_that_moved_earlier_counts() { expires_in $hour; minute; stays_open; expires_in -5; minute; ends; }
test_the_reason_is_on_the_console() { expires_in -1; minute; grep -q 'bastion-expiry: bastion.ending' "$world/console" || fails "not there"; }

# ---- blind: closed is the safe side, but not at the first hiccup

blind_for() { # SECONDS: from here on, by uptime
  local uptime=$((600 + $1)); uptime_is $uptime; minute
}
dies_after_five_minutes() {
  blind_for 60; stays_open; logs 'bastion.blind'
  blind_for 299; stays_open
  blind_for 300; ends
}
test_a_dead_metadata_service_ends_it_after_five_minutes() { expires_in $hour; minute; metadata_down; dies_after_five_minutes; }
test_a_missing_tag_ends_it_after_five_minutes() {
  expires_in $hour; minute; rm "$world/metadata/tag"; dies_after_five_minutes; logs 'no ExpiresAt tag, status 404'
}
test_a_tag_that_is_no_moment_ends_it_after_five_minutes() {
  expires_in $hour; minute; tag_is tomorrow; dies_after_five_minutes; logs 'ExpiresAt is not like'
}
test_a_refusing_metadata_service_ends_it_after_five_minutes() {
  expires_in $hour; minute; echo 503 >"$world/metadata/status"; dies_after_five_minutes
}
test_what_looks_like_a_moment_and_is_none_is_no_deadline() {
  local wrong
  uptime_is 60
  for wrong in '' 2099-13-01T00:00:00Z 2099-02-30T00:00:00Z 2099-01-01T00:00:00 2099-01-01T00:00:00+02:00 '2099-01-01 00:00:00Z' \
    '2099-01-01T00:00:00Z; reboot' "\$(touch $world/ran)" 4102444800; do
    tag_is "$wrong"; minute; stays_open; logs 'ExpiresAt is not like'; rm "$world/log"
  done
  [[ ! -e $world/ran ]] || fails "it ran the tag"
}
test_never_a_deadline_since_the_boot_counts_from_the_boot() {
  metadata_down
  uptime_is 299; minute; stays_open
  uptime_is 300; minute; ends
}
test_dead_then_back_leaves_it_open_and_starts_the_count_anew() {
  expires_in $hour; minute; metadata_down; blind_for 240; stays_open
  metadata_up; blind_for 280; stays_open
  metadata_down; blind_for 540; stays_open
  blind_for 580; ends
}
test_blind_and_the_last_deadline_known_has_passed_ends_it_at_once() {
  last_read_was_of -60; metadata_down; minute; ends; logs 'nothing newer can be read'
}
test_a_metadata_service_that_hangs_is_a_dead_one() {
  expires_in $hour; minute; touch "$world/metadata/hang"; SECONDS=0; blind_for 60; stays_open; logs 'does not answer'
  ((SECONDS < 20)) || fails "it took $SECONDS s"
}
test_a_broken_memory_counts_as_none() { expires_in $hour; echo 'x; reboot' >"$world/state/last-read"; minute; stays_open; }

# ---- clocks

test_a_clock_set_back_does_not_prolong_the_grant() { clock_is_off_by -86400; expires_in -1; minute; ends; logs 'bastion.clock_differs'; }
test_a_clock_ahead_ends_it_early_rather_than_late() { clock_is_off_by 86400; expires_in $hour; minute; ends; logs 'bastion.clock_differs'; }
test_a_little_skew_is_nothing() { clock_is_off_by -30; expires_in $hour; minute; stays_open; ! grep -q differs "$world/log" || fails "said so"; }
test_without_a_date_in_the_answer_our_own_clock_counts() {
  touch "$world/metadata/no-date"; expires_in $hour; minute; stays_open
  expires_in -1; minute; ends
}
test_blindness_is_counted_without_any_clock() {
  expires_in $hour; minute; metadata_down; clock_is_off_by -86400; blind_for 300; ends
}
test_no_tag_outlives_the_longest_grant() { tag_is 2099-01-01T00:00:00Z; uptime_is 604799; minute; stays_open; uptime_is 604800; minute; ends; }

# ---- going down

test_when_shutdown_fails_there_is_another_way() {
  fake shutdown 'exit 1'; expires_in -1; minute
  grep -q 'poweroff --force' "$world/systemctl" || fails "no second way"
  fake systemctl 'exit 1'; minute
  grep -q -- '-f' "$world/powered-off" || fails "no third way"
}
test_when_nothing_brings_it_down_the_unit_fails_and_systemd_powers_off() {
  fake shutdown 'exit 1'; fake systemctl 'exit 1'; fake poweroff 'exit 1'; expires_in -1; minute
  [[ $status != 0 ]] || fails "it should have failed"
  grep -qx 'FailureAction=poweroff' "$guest/bastion-expiry.service" || fails "the unit has no FailureAction"
}
test_a_script_that_cannot_work_fails_rather_than_passes() {
  rm "$world/uptime"; expires_in $hour; minute; [[ $status != 0 ]] || fails "it should have failed"
}

# ---- as it stands on the machine

# At the metadata service's real address, in a network namespace of its own, with nothing overridden but /run.
# shellcheck disable=SC2016 # the inner shell expands
test_at_the_real_address() {
  expires_in -1
  unshare -rn env PATH="$world/bin:$PATH" BASTION_EXPIRY_STATE="$world/state" bash -c '
    ip link set lo up && ip address add 169.254.169.254/32 dev lo || exit 1
    rm -f "$1/metadata/port"; python3 "$2/fake-metadata.py" "$1/metadata" 169.254.169.254 80 & server=$!
    until [[ -s $1/metadata/port ]]; do sleep 0.02; done
    "$2/bastion-expiry.sh"; status=$?; kill $server; exit $status
  ' - "$world" "$guest" >>"$world/log" 2>&1
  status=$?
  ends
}

user_data() {
  python3 - "$guest" <<'RENDER'
import pathlib, sys
guest = pathlib.Path(sys.argv[1])
text = (guest / "user-data.sh.tftpl").read_text()
for name, file in ("script", "bastion-expiry.sh"), ("service", "bastion-expiry.service"), ("timer", "bastion-expiry.timer"):
    text = text.replace("${%s}" % name, (guest / file).read_text())
print(text, end="")
RENDER
}

# Installs it where nothing else sees it: its own mounts over the two directories it writes to.
# shellcheck disable=SC2016 # the inner shell expands
install_in_a_namespace() {
  user_data >"$world/user-data.sh"
  unshare -rm env PATH="$world/bin:$PATH" bash -c '
    mkdir -p "$1/sbin" "$1/units" && mount --bind "$1/sbin" /usr/local/sbin && mount --bind "$1/units" /etc/systemd/system || exit 1
    bash "$1/user-data.sh"
  ' - "$world" >>"$world/log" 2>&1
  status=$?
}
test_user_data_installs_and_starts_it() {
  install_in_a_namespace
  [[ $status == 0 && ! -e $world/shut-down ]] || fails "status $status"
  diff -B "$guest/bastion-expiry.sh" "$world/sbin/bastion-expiry" >>"$world/log" || fails "another script"
  diff -B "$guest/bastion-expiry.timer" "$world/units/bastion-expiry.timer" >>"$world/log" || fails "another timer"
  diff -B "$guest/bastion-expiry.service" "$world/units/bastion-expiry.service" >>"$world/log" || fails "another unit"
  [[ -x $world/sbin/bastion-expiry ]] || fails "not executable"
  grep -qx 'enable --now bastion-expiry.timer' "$world/systemctl" || fails "not started"
}
test_user_data_that_cannot_install_it_closes() {
  fake systemctl "[[ \$1 != enable ]]"; install_in_a_namespace
  [[ $status != 0 && -e $world/shut-down ]] || fails "it stays open without a timer"
}
test_user_data_fits_and_knows_no_moment() {
  local size; size=$(user_data | wc -c)
  ((size < 16384)) || fails "user data of $size bytes; EC2 takes 16384"
  ! grep -qi 'expires_at' "$guest/user-data.sh.tftpl" || fails "user data that changes replaces the instance"
}
test_systemd_takes_the_units() {
  mkdir "$world/units"
  cp "$guest/bastion-expiry.service" "$guest/bastion-expiry.timer" "$world/units"
  sed -i "s|^ExecStart=.*|ExecStart=$guest/bastion-expiry.sh|" "$world/units/bastion-expiry.service"
  command -v systemd-analyze >/dev/null || fails "systemd-analyze is missing: apt-get install systemd"
  SYSTEMD_LOG_LEVEL=warning systemd-analyze verify "$world"/units/* >>"$world/log" 2>&1 || fails "refused"
  [[ ! -s $world/log ]] || fails "warnings"
}
test_shellcheck_has_nothing_to_say() {
  command -v shellcheck >/dev/null || fails "shellcheck is missing: apt-get install shellcheck"
  user_data >"$world/user-data.sh"
  shellcheck "$guest/bastion-expiry.sh" "$guest/test.sh" "$world/user-data.sh" >"$world/log" || fails "findings"
}

# ---- run them, each in a world of its own

run() {
  if (trap 'metadata_down; rm -rf "$world"' EXIT; world; "$1"); then
    passed=$((passed + 1)); echo "ok   ${1#test_}"
  else
    failed=$((failed + 1)); echo "FAIL ${1#test_}"
  fi
}

for command in curl python3 unshare ip; do
  command -v "$command" >/dev/null || { echo "guest tests need $command: apt-get install curl python3 util-linux iproute2"; exit 1; }
done
if (($# > 0)); then tests=("$@"); else mapfile -t tests < <(declare -F | awk '$3 ~ /^test_/ {print $3}'); fi
for test in "${tests[@]}"; do run "$test"; done
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
