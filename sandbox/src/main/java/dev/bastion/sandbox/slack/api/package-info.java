/**
 * The Web API's methods and the response URLs: arguments in, Slack's JSON out. Knows nothing of what people do.
 */
@NullMarked
package dev.bastion.sandbox.slack.api;

import org.jspecify.annotations.NullMarked;
