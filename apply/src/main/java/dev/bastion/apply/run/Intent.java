package dev.bastion.apply.run;

/** What an environment file asks for at one moment. */
public enum Intent {
    /** A bastion is to be there. */
    OPEN,
    /** None is: {@code deploy_bastion} is 0, or the grant has ended. */
    CLOSE;

    public String word() {
        return this == OPEN ? "open" : "close";
    }
}
