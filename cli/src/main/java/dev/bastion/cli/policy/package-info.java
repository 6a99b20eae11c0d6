/**
 * Checks and tests of policy files before they are in force. Knows the files and the rules; must not know Slack or
 * GitHub.
 */
@NullMarked
package dev.bastion.cli.policy;

import org.jspecify.annotations.NullMarked;
