/**
 * The answers about the state of environments: for everyone, for one of them, and for one person. Knows the messages and the
 * status report; must not know how either is asked for.
 */
@NullMarked
package dev.bastion.slack.status;

import org.jspecify.annotations.NullMarked;
