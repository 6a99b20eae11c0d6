package dev.bastion.ledger.git.object;

/** The fault that something in git is larger, or takes longer to read, than the {@link ReadBudget} allows. */
public final class BudgetExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what the sentence's part after the subject, for people, like {@code it changes more than 3000 files} */
    public BudgetExceeded(String what) {
        super(what);
    }

    public String what() {
        return String.valueOf(getMessage());
    }
}
