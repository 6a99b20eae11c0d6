/** The form of log lines: JSON or text, with the fields of the event and of the work that it belongs to. */
@NullMarked
package dev.bastion.app.log;

import org.jspecify.annotations.NullMarked;
