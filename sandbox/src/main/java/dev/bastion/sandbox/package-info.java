/**
 * A sandbox to try the service in: a Slack, a GitHub, a CI and an AWS on the real protocols. Knows no class of the product.
 */
@NullMarked
package dev.bastion.sandbox;

import org.jspecify.annotations.NullMarked;
