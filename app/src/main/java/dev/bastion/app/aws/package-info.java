/**
 * The state of bastions in AWS, from EC2 and SSM. AWS SDK types stay in this package.
 */
@NullMarked
package dev.bastion.app.aws;

import org.jspecify.annotations.NullMarked;
