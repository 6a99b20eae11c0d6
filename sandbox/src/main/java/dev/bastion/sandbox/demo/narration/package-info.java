/** What the demo tells and awaits: the terminal's output, the conditions that it waits for, and the file of its result. */
@NullMarked
package dev.bastion.sandbox.demo.narration;

import org.jspecify.annotations.NullMarked;
