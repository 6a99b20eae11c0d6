package dev.bastion.access.proposal;

/**
 * The merge of a proposal, as GitHub has it.
 *
 * @param byService whether the service's own account made it; false also where GitHub does not say
 * @param isOver whether the proposal had been denied, withdrawn, lapsed or refused, by the ledger's entries or the label that the
 *     service put on it
 */
public record ProposalMerge(Proposal proposal, boolean byService, boolean isOver) {}
