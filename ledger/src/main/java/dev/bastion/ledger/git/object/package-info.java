/**
 * Git objects with JGit: commits, trees and files read and drafted in memory. Must not know a remote.
 */
@NullMarked
package dev.bastion.ledger.git.object;

import org.jspecify.annotations.NullMarked;
