/**
 * Time passing: expiry timers and recurring jobs. The only place that knows Quartz; decides nothing.
 */
@NullMarked
package dev.bastion.scheduler;

import org.jspecify.annotations.NullMarked;
