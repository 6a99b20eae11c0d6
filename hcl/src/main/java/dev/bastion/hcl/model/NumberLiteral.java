package dev.bastion.hcl.model;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A decimal number with its spelling: {@code 0}, {@code -1}, {@code 2.50}, {@code 1e3}. Two spellings of one number are
 * two literals, so a file keeps its own; compare {@link #number()} for the amount.
 */
public record NumberLiteral(String hcl) implements Literal {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private static final int MAX_COMPARED = 32;

    public NumberLiteral {
        if (!NUMBER.matcher(hcl).matches()) {
            throw new IllegalArgumentException("not a decimal number: " + hcl);
        }
    }

    public static NumberLiteral of(long number) {
        return new NumberLiteral(Long.toString(number));
    }

    /** Whether the text is a decimal number. */
    public static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** @throws ArithmeticException when its exponent is beyond what Java can hold */
    public BigDecimal number() {
        try {
            return new BigDecimal(hcl);
        } catch (NumberFormatException e) {
            throw (ArithmeticException) new ArithmeticException("exponent out of range").initCause(e);
        }
    }

    /**
     * Whether this is the given number in any spelling of up to {@value #MAX_COMPARED} characters. Never throws and takes
     * constant time, whatever a file says; a longer spelling counts as another number.
     */
    public boolean is(long number) {
        try {
            return hcl.length() <= MAX_COMPARED && number().compareTo(BigDecimal.valueOf(number)) == 0;
        } catch (ArithmeticException _) {
            return false;
        }
    }
}
