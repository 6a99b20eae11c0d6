/**
 * The command {@code drift}: the comparison of environments with AWS, and the issue for a bastion without a grant.
 */
@NullMarked
package dev.bastion.cli.drift;

import org.jspecify.annotations.NullMarked;
