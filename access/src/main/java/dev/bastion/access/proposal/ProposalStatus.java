package dev.bastion.access.proposal;

/** A proposal and its stage, as shown to people. */
public record ProposalStatus(Proposal proposal, ProposalStage stage) {}
