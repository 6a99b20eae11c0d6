/**
 * What a decision is based on besides the request: reviews, and what a person has and asked for. Knows proposals and
 * rules; must not know the policy.
 */
@NullMarked
package dev.bastion.access.evidence;

import org.jspecify.annotations.NullMarked;
