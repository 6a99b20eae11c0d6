/**
 * People's sessions: the stand-in for session-manager-plugin, and the database that it leads to. Knows the emulator's Session
 * Manager; must not know the service, CI or Slack.
 */
@NullMarked
package dev.bastion.sandbox.session;

import org.jspecify.annotations.NullMarked;
