#!/usr/bin/env python3
"""Extracts the routes that the product calls from GitHub's OpenAPI description, with all that they refer to.

extract.py DESCRIPTION ROUTES SOURCE SHA256

Writes the extract to standard output. The same input gives the same bytes. Texts for people are left out.
"""

import json
import sys

METHODS = ("get", "put", "post", "delete", "patch")
FOR_PEOPLE = (
    "description", "summary", "externalDocs", "example", "examples", "tags", "x-github", "x-octokit",
    "x-multi-file-schemas", "title",
)


def without_texts(node, inside=""):
    """A copy without what only people read. What stands in `properties` are names, and none of them is a text."""
    if isinstance(node, list):
        return [without_texts(each) for each in node]
    if not isinstance(node, dict):
        return node
    names = inside in ("properties", "schemas", "parameters", "responses", "headers")
    return {
        key: without_texts(value, key)
        for key, value in node.items()
        if names or key not in FOR_PEOPLE
    }


def references(node):
    if isinstance(node, list):
        for each in node:
            yield from references(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):
                yield value
            else:
                yield from references(value)


def find(description, reference):
    node = description
    for step in reference.removeprefix("#/").split("/"):
        node = node[step.replace("~1", "/").replace("~0", "~")]
    return node


def extract(description, routes, source, checksum):
    result = {
        "openapi": description["openapi"],
        "info": {
            "title": "GitHub's REST interface: the routes that the product calls",
            "version": description["info"]["version"],
            "license": description["info"]["license"],
            "x-source": source,
            "x-sha256": checksum,
        },
        "paths": {},
        "components": {},
    }
    wanted = []
    for method, path in routes:
        described = description["paths"].get(path)
        if described is None or method.lower() not in described:
            sys.exit(f"GitHub's description has no {method} {path}; correct routes.txt")
        operation = without_texts(described[method.lower()])
        result["paths"].setdefault(path, {})[method.lower()] = operation
        wanted += references(operation)
    while wanted:
        reference = wanted.pop()
        section, name = reference.removeprefix("#/components/").split("/", 1)
        known = result["components"].setdefault(section, {})
        if name not in known:
            known[name] = without_texts(find(description, reference))
            wanted += references(known[name])
    return result


def main(description, routes, source, checksum):
    with open(description, encoding="utf-8") as file:
        whole = json.load(file)
    with open(routes, encoding="utf-8") as file:
        lines = [line.split() for line in file if line.strip() and not line.startswith("#")]
    json.dump(extract(whole, lines, source, checksum), sys.stdout, indent=1, sort_keys=True, ensure_ascii=True)
    print()


if __name__ == "__main__":
    main(*sys.argv[1:])
