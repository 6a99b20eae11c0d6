/**
 * Commit statuses and check runs. Know commits by their ids alone; nothing of HTTP, rules or pull requests.
 */
@NullMarked
package dev.bastion.sandbox.github.status;

import org.jspecify.annotations.NullMarked;
