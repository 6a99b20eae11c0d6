/**
 * SSH signatures of commits: making, reading and judging them. Knows Ed25519 and the formats of OpenSSH; must not know git
 * repositories. Bouncy Castle verifies ten times as fast as the JDK, and a start verifies every entry.
 */
@NullMarked
package dev.bastion.ledger.git.signature;

import org.jspecify.annotations.NullMarked;
