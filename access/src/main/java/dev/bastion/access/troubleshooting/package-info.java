/**
 * The search for what is wrong with one environment, from what the service knows and what AWS says. It changes nothing, and
 * knows neither Slack nor AWS.
 */
@NullMarked
package dev.bastion.access.troubleshooting;

import org.jspecify.annotations.NullMarked;
