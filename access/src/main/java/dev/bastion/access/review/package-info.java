/**
 * The evaluation of proposals and pull requests. Asks the policy; must not know who merges or publishes a status.
 */
@NullMarked
package dev.bastion.access.review;

import org.jspecify.annotations.NullMarked;
