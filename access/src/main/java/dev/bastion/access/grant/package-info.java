/**
 * Values: a request, a grant, who, how long, until when, and how far a grant has come. Knows only {@code java.*}; must not
 * know the policy, the ports or the use cases.
 */
@NullMarked
package dev.bastion.access.grant;

import org.jspecify.annotations.NullMarked;
