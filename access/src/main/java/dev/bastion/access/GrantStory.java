package dev.bastion.access;

/** One grant and how far it has come: what people are shown. */
public record GrantStory(Grant grant, Stage stage) {}
