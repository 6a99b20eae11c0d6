/**
 * Commands, buttons and the modal: parsing, routing and answers. Knows the messages and the use cases; holds no rule of
 * the policy.
 */
@NullMarked
package dev.bastion.slack.command;

import org.jspecify.annotations.NullMarked;
