/**
 * The demo: plays the whole story, drives Slack as people do, and checks what appears there, in the ledger, in CI and in AWS. Knows
 * what people read in a message, the stage that its metadata names, and the trailers of a commit; no class of the service.
 */
@NullMarked
package dev.bastion.sandbox.demo;

import org.jspecify.annotations.NullMarked;
