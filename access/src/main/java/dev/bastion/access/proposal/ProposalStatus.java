package dev.bastion.access.proposal;

/** One proposal and how far it has come: what people are shown. */
public record ProposalStatus(Proposal proposal, ProposalStage stage) {}
