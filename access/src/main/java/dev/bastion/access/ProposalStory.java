package dev.bastion.access;

/** One proposal and how far it has come: what people are shown. */
public record ProposalStory(Proposal proposal, ProposalStage stage) {}
