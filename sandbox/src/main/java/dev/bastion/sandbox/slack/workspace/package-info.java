/**
 * One workspace: its state, its users, its trigger ids. Knows nothing of HTTP methods or payloads.
 */
@NullMarked
package dev.bastion.sandbox.slack.workspace;

import org.jspecify.annotations.NullMarked;
