/**
 * The verification of OIDC tokens: which issuer made it, for whom, of which subject. It knows no person; people.yaml says who a
 * subject is.
 */
@NullMarked
package dev.bastion.app.oidc;

import org.jspecify.annotations.NullMarked;
