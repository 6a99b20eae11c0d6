#!/usr/bin/env python3
"""Checks what a rendered chart promises: chart-check.py small.yaml all.yaml, rendered with charts/bastion/ci/*-values.yaml.

Nothing may connect to a pod without metrics and API, and with them only to their two ports; the pod runs as nobody, writes to
its clone alone, is replaced and never doubled without a database, and secrets are files that only it reads.
"""
import sys

import yaml


def rendered(path):
    with open(path, encoding="utf-8") as text:
        return {each["kind"]: each for each in yaml.safe_load_all(text) if each}


def require(holds, promise):
    if not holds:
        sys.exit(f"FAIL {promise}")
    print(f"ok   {promise}")


small, everything = (rendered(path) for path in sys.argv[1:3])
ports = [rule["ports"] for rule in everything["NetworkPolicy"]["spec"]["ingress"]]
spec = small["Deployment"]["spec"]
pod = spec["template"]["spec"]
container = pod["containers"][0]
settings = yaml.safe_load(small["ConfigMap"]["data"]["bastion.yaml"])
secrets = next(volume["projected"] for volume in pod["volumes"] if volume["name"] == "secrets")

require(small["NetworkPolicy"]["spec"]["ingress"] == [], "nothing may connect to the pod")
require({"Ingress", "Egress"} == set(small["NetworkPolicy"]["spec"]["policyTypes"]), "both directions are bound")
require(all(rule.get("ports") for each in (small, everything) for rule in each["NetworkPolicy"]["spec"]["egress"]),
        "no egress rule is open to every port")
require([[port["port"] for port in each] for each in ports] == [[8080], [8443]], "metrics and API are all that others reach")
require(settings["http"]["host"] == "127.0.0.1", "without metrics nothing listens outside of the pod")
require(spec["replicas"] == 1 and spec["strategy"]["type"] == "Recreate", "without a database there is never a second service")
rolling = everything["Deployment"]["spec"]
require(rolling["replicas"] == 2 and rolling["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1},
        "replicas that share a database are replaced without a gap")
require([5433] in [[port["port"] for port in rule["ports"]] for rule in everything["NetworkPolicy"]["spec"]["egress"]],
        "they may connect to the database's port")
require("Service" not in small and "PodDisruptionBudget" not in small, "nothing keeps a node from being drained")
require(pod["securityContext"]["runAsUser"] == 10001 and pod["securityContext"]["runAsNonRoot"], "it runs as the image's user")
require(container["securityContext"]["readOnlyRootFilesystem"], "its root is read-only")
require([mount["name"] for mount in container["volumeMounts"] if not mount.get("readOnly")] == ["ledger"],
        "it writes to its clone alone")
require(pod["automountServiceAccountToken"] is False, "it has no token of Kubernetes")
require(secrets["defaultMode"] == 0o440, "only its group reads its secrets")
require(all("valueFrom" not in variable for variable in container["env"]), "no secret is in its environment")
require(all("exec" in container[probe] for probe in ("startupProbe", "livenessProbe", "readinessProbe")),
        "probes need no connection")
