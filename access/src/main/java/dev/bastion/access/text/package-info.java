/**
 * The words of every refusal and every unmet requirement, as parts that each medium renders. To change what people read when
 * something is refused, change {@link RefusalText}. Must not know Slack, GitHub or a terminal.
 */
@NullMarked
package dev.bastion.access.text;

import org.jspecify.annotations.NullMarked;
