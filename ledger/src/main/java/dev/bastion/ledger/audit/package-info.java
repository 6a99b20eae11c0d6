/**
 * The reader of a ledger's whole history for an auditor: every grant with the commits that prove it, and every change of the
 * policy. Understands commits as {@code ledger.history} does; writes nothing, and asks nobody but the clone.
 */
@NullMarked
package dev.bastion.ledger.audit;

import org.jspecify.annotations.NullMarked;
