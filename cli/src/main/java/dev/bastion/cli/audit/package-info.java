/**
 * The command {@code bastion audit}: an auditor's questions, answered from a clone as a table, CSV or JSON. Knows the answers of
 * {@code access.audit}, and how each is shown; must not judge a grant itself.
 */
@NullMarked
package dev.bastion.cli.audit;

import org.jspecify.annotations.NullMarked;
