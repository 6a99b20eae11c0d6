/**
 * Expiry timers and recurring tasks. The only package that knows Quartz; it decides nothing.
 */
@NullMarked
package dev.bastion.scheduler;

import org.jspecify.annotations.NullMarked;
