/**
 * The HTTP API: requests, grants and environments for pipelines, scripts and the command line, described by openapi.yaml. It
 * runs the use cases that Slack runs, for the person or machine that an OIDC token stands for. It decides nothing itself, and
 * must not know Slack, git or GitHub.
 */
@NullMarked
package dev.bastion.app.api;

import org.jspecify.annotations.NullMarked;
