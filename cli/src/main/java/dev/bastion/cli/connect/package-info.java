/**
 * The command {@code bastion connect}, which people run on their own machines. Knows AWS through {@code app.aws} and the
 * program {@code session-manager-plugin}; must not know the ledger, the policy or Slack.
 */
@NullMarked
package dev.bastion.cli.connect;

import org.jspecify.annotations.NullMarked;
