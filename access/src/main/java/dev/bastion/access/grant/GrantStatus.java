package dev.bastion.access.grant;

/** A grant and its stage, as shown to people. */
public record GrantStatus(Grant grant, GrantStage stage) {}
