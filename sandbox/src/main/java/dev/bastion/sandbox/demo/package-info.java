/**
 * The whole story, played by itself: drives Slack as people do, and believes only what it sees there, in the ledger, in CI
 * and in AWS. Knows what people read in a message, the stage its metadata names, and the trailers of a commit; no class of
 * the service.
 */
@NullMarked
package dev.bastion.sandbox.demo;

import org.jspecify.annotations.NullMarked;
