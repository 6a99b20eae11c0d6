/**
 * What is wrong with an installation, as findings with a remedy each, and the run of the checks that find it. Knows nothing of
 * the systems that are checked.
 */
@NullMarked
package dev.bastion.access.diagnosis;

import org.jspecify.annotations.NullMarked;
