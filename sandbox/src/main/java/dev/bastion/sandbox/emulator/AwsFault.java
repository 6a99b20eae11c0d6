package dev.bastion.sandbox.emulator;

import dev.bastion.sandbox.fault.LastingFault;

/** A fault of AWS that lasts until it is switched off. */
public enum AwsFault implements LastingFault {
    DOWN("AWS is down", "Each call answers 503."),
    THROTTLED("AWS limits requests", "Each call answers that a limit is exceeded, like RequestLimitExceeded."),
    DESCRIBE_REFUSED("Describing refused", "EC2 denies ec2:DescribeInstances (UnauthorizedOperation)."),
    TERMINATE_REFUSED("Terminating refused", "EC2 denies ec2:TerminateInstances (UnauthorizedOperation)."),
    RUN_REFUSED("Starting refused", "EC2 denies ec2:RunInstances, so CI cannot create a bastion."),
    SSM_REFUSED("SSM refused", "SSM denies ssm:DescribeInstanceInformation (AccessDeniedException)."),
    LAG("EC2's list lags", "EC2 describes a new instance only after 10 seconds.");

    private final String title;
    private final String effect;

    AwsFault(String title, String effect) {
        this.title = title;
        this.effect = effect;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String effect() {
        return effect;
    }
}
