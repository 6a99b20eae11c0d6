/**
 * What AWS says of a bastion: EC2 and SSM. The only place that knows the AWS SDK.
 */
@NullMarked
package dev.bastion.app.aws;

import org.jspecify.annotations.NullMarked;
