#!/usr/bin/env python3
"""Makes what a release publishes, from a build: release.py [--dry-run] [--built] [--part PART]... [--output DIRECTORY]

    bastion-VERSION-cli-OS-ARCHITECTURE.tar.gz   the command line with its own Java (part cli; for this machine's platform)
    bastion-VERSION-chart.tgz                    the Helm chart (part common, like all that follows)
    bastion-VERSION-module-NAME.tar.gz           each Terraform module
    bastion-VERSION-{cli,service}.cdx.json       software bills of materials (CycloneDX)
    SHA256SUMS                                   checksums
    provenance.intoto.json                       of which commit and by whom it was built (in-toto statement, SLSA provenance)

    --built      take what Maven built; without it Maven builds first
    --dry-run    make everything twice, compare the bytes, and try what was made; publish nothing, keep nothing
    --sums       only write SHA256SUMS and the provenance of the files in DIRECTORY, where several machines made them

A release needs a clean work tree at the tag v<version of pom.xml>. Every time, owner and order in an archive is fixed, so that
the same commit gives the same bytes on the same platform. .github/workflows/release.yml publishes.
"""
import argparse
import concurrent.futures
import gzip
import hashlib
import io
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAVEN = ["./mvnw", "-q", "--batch-mode", "-Psbom", "-pl", "app,cli", "-am", "-Dmaven.test.skip=true", "-Dspotless.skip",
         "-Djacoco.skip", "package"]
SUMS, PROVENANCE = "SHA256SUMS", "provenance.intoto.json"
NOT_IN_MODULES = re.compile(r"/tests/|\.terraform")


def fail(sentence):
    sys.exit(f"release: {sentence}")


def say(sentence):
    print(f"release: {sentence}", flush=True)


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def version_of_pom():
    return re.search(r"<artifactId>bastion</artifactId>\s*<version>([^<]+)</version>", (ROOT / "pom.xml").read_text()).group(1)


def require_release(version):
    if version.endswith("-SNAPSHOT"):
        fail(f"pom.xml has the version {version}; set the release's version, commit and tag it, or use --dry-run")
    if git("status", "--porcelain"):
        fail("the work tree has changes; commit them, since a release is made of a commit")
    if f"v{version}" not in git("tag", "--points-at", "HEAD").split():
        fail(f"the commit has no tag v{version}; run git tag v{version}")


# ---- archives ----------------------------------------------------------------------------------------------------------


def archive(target, members, epoch):
    """Writes a tar.gz of (name, content, mode); every other attribute is fixed."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content, mode in sorted(members):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(content), mode, epoch
            tar.addfile(entry, io.BytesIO(content))
    with open(target, "wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=epoch) as zipped:
        zipped.write(packed.getvalue())


def tree(directory, prefix):
    for file in directory.rglob("*"):
        if file.is_file():
            mode = 0o755 if os.access(file, os.X_OK) else 0o644
            yield f"{prefix}/{file.relative_to(directory).as_posix()}", file.read_bytes(), mode


def committed(directory, prefix):
    """The files of a directory that git tracks, as they are in the work tree."""
    for path in git("ls-files", "--", directory).splitlines():
        if not NOT_IN_MODULES.search("/" + path):
            file = ROOT / path
            yield f"{prefix}/{path[len(directory) + 1:]}", file.read_bytes(), 0o755 if os.access(file, os.X_OK) else 0o644


def machine():
    names = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}
    return f"{'macos' if sys.platform == 'darwin' else 'linux'}-{names[platform.machine().lower()]}"


def command_line(output, version, epoch):
    top = f"bastion-{version}"
    with tempfile.TemporaryDirectory() as scratch:
        java = pathlib.Path(scratch, "java")
        subprocess.run([ROOT / "docker/link-java.sh", ROOT / "cli/target/bastion-cli.jar", ROOT / "cli/target/lib", java], check=True)
        members = list(tree(java, f"{top}/java"))
    members += tree(ROOT / "cli/target/lib", f"{top}/app/lib")
    members.append((f"{top}/app/bastion-cli.jar", (ROOT / "cli/target/bastion-cli.jar").read_bytes(), 0o644))
    members.append((f"{top}/bin/bastion", (ROOT / "cli/src/dist/bastion").read_bytes(), 0o755))
    members.append((f"{top}/slack-manifest.yaml", (ROOT / "app/slack-manifest.yaml").read_bytes(), 0o644))
    members.append((f"{top}/LICENSE", (ROOT / "LICENSE").read_bytes(), 0o644))
    members.append((f"{top}/sbom.json", (ROOT / "cli/target/bastion.cdx.json").read_bytes(), 0o644))
    archive(output / f"bastion-{version}-cli-{machine()}.tar.gz", members, epoch)


def chart(output, version, epoch):
    members = []
    for name, content, mode in committed("charts/bastion", "bastion"):
        if name == "bastion/Chart.yaml":
            content = re.sub(rb"(?m)^(version|appVersion): .*$", lambda key: key[1] + f": {version}".encode(), content)
        if not name.startswith("bastion/ci/"):
            members.append((name, content, mode))
    archive(output / f"bastion-{version}-chart.tgz", members, epoch)


def modules(output, version, epoch):
    for file in sorted((ROOT / "terraform-modules").glob("*/versions.tf")):
        name = file.parent.name
        archive(output / f"bastion-{version}-module-{name}.tar.gz", committed(f"terraform-modules/{name}", name), epoch)


def bills(output, version):
    for module, name in (("cli", "cli"), ("app", "service")):
        (output / f"bastion-{version}-{name}.cdx.json").write_bytes((ROOT / module / "target/bastion.cdx.json").read_bytes())


# ---- checksums and provenance ------------------------------------------------------------------------------------------


def digests(output):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(output.iterdir())
            if file.is_file() and file.name not in (SUMS, PROVENANCE)}


def sums(output, version):
    found = digests(output)
    (output / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in found.items()))
    (output / PROVENANCE).write_text(json.dumps(statement(found, version), indent=2) + "\n")


def statement(found, version):
    """https://slsa.dev/spec/v1.0/provenance in https://github.com/in-toto/attestation/tree/main/spec/v1"""
    on_github = "GITHUB_REPOSITORY" in os.environ
    home = f"{os.environ['GITHUB_SERVER_URL']}/{os.environ['GITHUB_REPOSITORY']}" if on_github else "https://localhost"
    reference = os.environ["GITHUB_REF"] if on_github else f"refs/tags/v{version}"
    run = {"metadata": {"invocationId": f"{home}/actions/runs/{os.environ['GITHUB_RUN_ID']}"}} if on_github else {}
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": name, "digest": {"sha256": digest}} for name, digest in found.items()],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": f"{home}/blob/v{version}/tools/release.py",
                "externalParameters": {"version": version, "ref": reference},
                "resolvedDependencies": [{"uri": f"git+{home}@{reference}", "digest": {"gitCommit": git("rev-parse", "HEAD")}}],
            },
            "runDetails": {
                "builder": {"id": f"{home}/.github/workflows/release.yml@{reference}" if on_github else "https://localhost/shell"},
                **run,
            },
        },
    }


def assemble(output, parts, version, epoch):
    output.mkdir(parents=True, exist_ok=True)
    if "cli" in parts:
        command_line(output, version, epoch)
    if "common" in parts:
        chart(output, version, epoch)
        modules(output, version, epoch)
        bills(output, version)
    sums(output, version)


# ---- the dry run -------------------------------------------------------------------------------------------------------


def assemble_as(mask, zone, output, version, epoch):
    """Makes all of it where another umask and time zone hold."""
    os.umask(mask)
    os.environ["TZ"] = zone
    assemble(output, ["cli", "common"], version, epoch)


def require_same(one, other):
    names = sorted(file.name for file in one.iterdir())
    if names != sorted(file.name for file in other.iterdir()):
        fail("two runs made different files")
    for name in names:
        if (one / name).read_bytes() != (other / name).read_bytes():
            fail(f"two runs made different bytes of {name}")
    say(f"two runs made the same bytes of {len(names)} files")


def try_out(output, version):
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(output / f"bastion-{version}-cli-{machine()}.tar.gz") as packed:
            packed.extractall(scratch, filter="data")
        top = pathlib.Path(scratch, f"bastion-{version}")
        link = pathlib.Path(scratch, "bastion")
        link.symlink_to(top / "bin/bastion")
        bare = {"PATH": "/usr/bin:/bin", "HOME": scratch}
        said = subprocess.run([link, "--version"], env=bare, capture_output=True, text=True, check=True).stdout.strip()
        if said != f"bastion {version}":
            fail(f"the archive's command says that it is '{said}'")
        start_a_ledger(link, pathlib.Path(scratch, "ledger"), bare)
        require_bill(top)
    say(f"{said}: the archive's command starts and writes a ledger")
    require_chart(output / f"bastion-{version}-chart.tgz", version)
    require_provenance(output)


def start_a_ledger(command, ledger, environment):
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", ledger], env=environment, check=True)
    subprocess.run([command, "init", "--non-interactive", "--repository", "acme/infrastructure", "--channel", "C0123ABC",
                    "--owner", "U23456789:jane.roe:janeroe", "--region", "eu-west-1", "--state-bucket", "acme-state",
                    "--module", "git::https://github.com/acme/bastion.git//terraform-modules/bastion?ref=v1.0.0", ledger],
                   env=environment, check=True, capture_output=True)
    subprocess.run([command, "policy", "test", "--all"], cwd=ledger, env=environment, check=True, capture_output=True)


def require_bill(top):
    named = {re.sub(r"\?.*", "", each["purl"]).rsplit("/", 1)[-1].replace("@", "-")
             for each in json.loads((top / "sbom.json").read_text())["components"]}
    present = {re.sub(r"(-linux-[a-z0-9_]+)?\.jar$", "", jar.name) for jar in (top / "app/lib").glob("*.jar")}
    if present - named:
        fail(f"the bill of materials does not name {sorted(present - named)}")
    say(f"the bill of materials names each of the {len(present)} jars")


def require_chart(packed, version):
    with tarfile.open(packed) as tar:
        meta = tar.extractfile("bastion/Chart.yaml").read().decode()
        if f"\nversion: {version}\n" not in meta or f"\nappVersion: {version}\n" not in meta:
            fail("the chart has another version")
        if any(name.startswith("bastion/ci/") for name in tar.getnames()):
            fail("the chart holds the values of its tests")


def require_provenance(output):
    subjects = {each["name"]: each["digest"]["sha256"] for each in json.loads((output / PROVENANCE).read_text())["subject"]}
    listed = dict(reversed(line.split("  ")) for line in (output / SUMS).read_text().splitlines())
    if not subjects == listed == digests(output):
        fail("checksums, provenance and files are not the same")
    say(f"checksums and provenance name each of the {len(subjects)} files")


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--built", action="store_true")
    parser.add_argument("--sums", action="store_true")
    parser.add_argument("--part", action="append", choices=["cli", "common"])
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "dist")
    given = parser.parse_args()
    version, parts = version_of_pom(), given.part or ["cli", "common"]
    if not given.dry_run:
        require_release(version)
    if given.sums:
        return sums(given.output, version)
    if not given.built:
        subprocess.run(MAVEN, cwd=ROOT, check=True)
    epoch = int(git("log", "-1", "--format=%ct"))
    if not given.dry_run:
        assemble(given.output, parts, version, epoch)
        return say(f"made {given.output}: " + ", ".join(sorted(file.name for file in given.output.iterdir())))
    with tempfile.TemporaryDirectory() as scratch:
        one, other = pathlib.Path(scratch, "one"), pathlib.Path(scratch, "a longer name")
        with concurrent.futures.ProcessPoolExecutor(max_workers=2) as both:
            wait = [both.submit(assemble_as, 0o022, "UTC", one, version, epoch),
                    both.submit(assemble_as, 0o077, "Pacific/Kiritimati", other, version, epoch)]
            [each.result() for each in wait]
        require_same(one, other)
        try_out(one, version)
    return None


if __name__ == "__main__":
    main()
