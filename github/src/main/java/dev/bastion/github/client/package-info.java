/**
 * HTTP to GitHub: authentication, rate limits, retries, and how a failure becomes a fault of ours. Must not know what is
 * asked of GitHub.
 */
@NullMarked
package dev.bastion.github.client;

import org.jspecify.annotations.NullMarked;
