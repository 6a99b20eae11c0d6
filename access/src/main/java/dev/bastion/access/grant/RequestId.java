package dev.bastion.access.grant;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The permanent id of one access request: 14 to 26 characters of Crockford's base 32 (digits and capitals without I, L, O, U).
 * It is derived from the id that Slack gives the request, so that the same request delivered twice, to two processes or
 * across a restart, has the same id and is recorded once.
 */
public record RequestId(String value) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 16;
    private static final int SHORTEST = 14;
    private static final int LONGEST = 26;

    public RequestId {
        if (!isId(value)) {
            throw new InvalidValue("request id", value, "14 to 26 characters of Crockford's base 32");
        }
    }

    /** A history has tens of thousands, so no regular expression looks at them. */
    private static boolean isId(String text) {
        boolean isId = text.length() >= SHORTEST && text.length() <= LONGEST;
        for (int at = 0; isId && at < text.length(); at++) {
            char each = text.charAt(at);
            isId = (each >= '0' && each <= '9')
                    || (each >= 'A' && each <= 'Z' && each != 'I' && each != 'L' && each != 'O' && each != 'U');
        }
        return isId;
    }

    /** The id of the request that {@code seed} names uniquely: 80 bits of its SHA-256. */
    public static RequestId derivedFrom(String seed) {
        byte[] hash = sha256(seed);
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(fiveBits(hash, i * 5)));
        }
        return new RequestId(id.toString());
    }

    private static int fiveBits(byte[] bytes, int from) {
        int pair = (bytes[from / 8] & 0xff) << 8 | (bytes[from / 8 + 1] & 0xff);
        return pair >> (11 - from % 8) & 0x1f;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
