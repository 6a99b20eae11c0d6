"""Answers the questions of `bastion audit` from the output of `git log`, without any of its code.

Usage: answers.py REPOSITORY ENVIRONMENT MOMENT PERSON NOW. Prints one JSON object, a list for each question. It knows the
policy of the generated history: prod* needs one approval, all else none.
"""

import collections
import datetime
import json
import re
import statistics
import subprocess
import sys

FILE = re.compile(r"environments/(.+)/bastion/terragrunt\.hcl$")
TOLERANCE = 600


def git(repository, *arguments):
    return subprocess.run(["git", "-C", repository, *arguments], check=True, capture_output=True, text=True).stdout


def seconds(moment):
    return int(datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp())


def text(moment):
    return datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def commits(repository):
    log = git(
        repository, "log", "--first-parent", "--reverse", "--name-only",
        "--format=%x01%H%x00%ct%x00%(trailers:only,unfold)%x00", "main")
    for one in log.split("\x01")[1:]:
        commit, at, trailers, names = one.split("\0")
        values = collections.defaultdict(list)
        for line in trailers.splitlines():
            key, _, value = line.partition(": ")
            values[key].append(value)
        yield commit, int(at), values, names.split()


def person(value):
    return re.search(r"<(.+?)>", value).group(1)


def value(file, name):
    return re.search(name + r"\s*=\s*\"?([^\"\n]*)", file).group(1)


def read(repository):
    grants, by_request, at_environment, policy = [], {}, {}, []
    for commit, at, trailers, names in commits(repository):
        if any(name in ("ledger.yaml", "environments/access-policy.yaml", "environments/people.yaml") for name in names):
            policy.append({"commit": commit, "at": text(at)})
        first = {key: found[0] for key, found in trailers.items()}
        action = first.get("Bastion-Action")
        if action is None:
            for name in names:
                match = FILE.match(name)
                if match:
                    edit(git(repository, "show", commit + ":" + name), match.group(1), commit, at, grants, at_environment)
            continue
        request = first["Bastion-Request-Id"]
        if action == "open":
            grant = dict(
                environment=first["Bastion-Environment"], holder=person(first["Requested-By"]), hand=False,
                requested=seconds(first["Created-At"]), start=seconds(first["Created-At"]),
                due=seconds(first["Expires-At"]), commit=commit, glass="Break-Glass" in first,
                approvals=[
                    (person(each), seconds(each.rsplit(" at ", 1)[1])) for each in trailers.get("Approved-By", [])])
            grants.append(grant)
            by_request[request] = grant
            continue
        grant = by_request[request]
        if action == "start":
            grant["start"] = seconds(first["Created-At"])
        if action in ("start", "extend"):
            grant["due"] = seconds(first["Expires-At"])
        if action in ("expire", "end"):
            grant["ended"] = seconds(first["Ended-At"])
        if action == "approve":
            grant["later"] = person(first["Approved-By"])
        if action in ("ready", "gone"):
            grant[action] = seconds(first["Observed-At"])
    return grants, policy


def edit(file, environment, commit, at, grants, at_environment):
    if value(file, "deploy_bastion") == "1":
        at_environment[environment] = dict(
            environment=environment, holder=value(file, "requested_by_user_id"), hand=True, requested=at, start=at,
            due=seconds(value(file, "expires_at")), commit=commit, glass=False, approvals=[])
        grants.append(at_environment[environment])
    elif environment in at_environment:
        at_environment.pop(environment)["ended"] = at


def until(grant):
    return grant.get("gone", grant.get("ended"))


def row(grant):
    end = until(grant)
    return {
        "environment": grant["environment"], "holder_id": grant["holder"], "from": text(grant["start"]),
        "until": None if end is None else text(end), "by_hand": grant["hand"], "commit": grant["commit"]}


def was_not_seen_gone(grant):
    return "ended" in grant and "ready" in grant and "gone" not in grant


def late(grants, now, head):
    for grant in grants:
        should = min(grant["due"], grant.get("ended", grant["due"]))
        end = until(grant)
        is_late = end is None or was_not_seen_gone(grant) or end - should > TOLERANCE
        if is_late:
            counted = now if end is None else max(end, head) if was_not_seen_gone(grant) else end
            yield {"environment": grant["environment"], "late_seconds": counted - should,
                   "opened_by_commit": grant["commit"]}


def approvers(grants):
    times, after = collections.defaultdict(list), collections.Counter()
    for grant in grants:
        for approver, at in grant["approvals"]:
            times[approver, grant["holder"]].append(at - grant["requested"])
        if "later" in grant:
            after[grant["later"], grant["holder"]] += 1
    pairs = set(times) | set(after)
    for approver, holder in pairs:
        waited = times.get((approver, holder), [])
        yield {
            "approver_id": approver, "requester_id": holder, "approvals": len(waited) + after[approver, holder],
            "after_the_fact": after[approver, holder],
            "median_seconds": int(statistics.median(waited)) if waited else None,
            "each_other": (holder, approver) in pairs and holder != approver}


def cost(grants, now):
    sums = collections.defaultdict(lambda: [0, 0])
    for grant in grants:
        end = until(grant)
        total = sums[grant["environment"], grant["holder"]]
        total[0] += 1
        total[1] += max(0, (now if end is None else end) - grant.get("ready", grant["start"]))
    return [{"environment": environment, "person_id": holder, "grants": count, "time_seconds": time}
            for (environment, holder), (count, time) in sums.items()]


def main(repository, environment, moment, asked, now):
    grants, policy = read(repository)
    at, now = seconds(moment), seconds(now)
    print(json.dumps({
        "grants": [row(grant) for grant in grants],
        "person": [row(grant) for grant in grants if grant["holder"] == asked],
        "who": [row(grant) for grant in grants if grant["environment"] == environment and grant["start"] <= at
                and (until(grant) is None or was_not_seen_gone(grant) or at < until(grant))],
        "unapproved": [row(grant) for grant in grants if grant["environment"].startswith("prod")
                       and not grant["glass"] and not grant["approvals"]],
        "break-glass": [{**row(grant), "approved_by_id": grant.get("later")} for grant in grants if grant["glass"]],
        "late": list(late(grants, now, int(git(repository, "log", "-1", "--format=%ct", "main")))),
        "approvers": list(approvers(grants)),
        "policy": policy,
        "cost": cost(grants, now)}))


main(*sys.argv[1:])
