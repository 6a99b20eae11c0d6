/**
 * Values that every part of Slack shares: ids, tokens, users, timing, errors, JSON helpers. Knows no other package.
 */
@NullMarked
package dev.bastion.sandbox.slack.model;

import org.jspecify.annotations.NullMarked;
