package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;

/** What a pattern says of an environment file: whose it is, and in which account and region its bastion is. */
public record PatternMatch(EnvironmentName environment, Place place) {}
