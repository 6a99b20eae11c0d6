/**
 * SSH signatures of commits: making, reading and judging them. Knows {@code java.security} and the formats of OpenSSH; must not
 * know git repositories.
 */
@NullMarked
package dev.bastion.ledger.git.signature;

import org.jspecify.annotations.NullMarked;
