package dev.bastion.apply;

/** What an environment file asks for at one moment. */
enum Intent {
    /** A bastion is to be there. */
    OPEN,
    /** None is: {@code deploy_bastion} is 0, or the grant has ended. */
    CLOSE;

    String word() {
        return this == OPEN ? "open" : "close";
    }
}
