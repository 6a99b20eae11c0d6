package dev.bastion.access.grant;

/** One grant and how far it has come: what people are shown. */
public record GrantStatus(Grant grant, GrantStage stage) {}
