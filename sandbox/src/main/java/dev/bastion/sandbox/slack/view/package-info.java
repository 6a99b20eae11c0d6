/**
 * Modals and App Home views, as people have them open. Know nothing of how they are opened.
 */
@NullMarked
package dev.bastion.sandbox.slack.view;

import org.jspecify.annotations.NullMarked;
