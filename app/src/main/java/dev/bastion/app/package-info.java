/**
 * The service: its entry point and the composition root, the only place that reads the clock and sees every module.
 */
@NullMarked
package dev.bastion.app;

import org.jspecify.annotations.NullMarked;
