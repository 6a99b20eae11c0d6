#!/usr/bin/env bash
# Renews the extract of GitHub's OpenAPI description that GithubContractTest reads: github/src/test/openapi/update.sh
#
# To add a route, add its line to routes.txt and run this. To follow a new version of the description, change `version`
# and `checksum` here. Needs npm, python3 and the network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

version=23.0.2
checksum=829b4bebb19a53133289f7b0bc819f4f1118115821db2ca9f25e9ee995a7da2a
file=package/generated/api.github.com.json
extract=../resources/dev/bastion/github/openapi/api.github.com.json

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
archive=$(npm pack --silent --pack-destination "$folder" "@octokit/openapi@$version")
tar -xzf "$folder/$archive" -C "$folder" "$file"
sha256sum --check --quiet <<<"$checksum  $folder/$file"
python3 extract.py "$folder/$file" routes.txt "npm @octokit/openapi@$version, $file" "$checksum" >"$folder/extract.json"
mkdir -p "$(dirname "$extract")"
mv "$folder/extract.json" "$extract"
