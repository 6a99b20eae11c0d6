/**
 * The verification of a ledger's history by a person who trusts neither the repository nor its writers: signatures, what each
 * entry's commit did, order, and reversions. Knows how the service understands a commit; writes nothing, and asks no remote.
 */
@NullMarked
package dev.bastion.ledger.verification;

import org.jspecify.annotations.NullMarked;
