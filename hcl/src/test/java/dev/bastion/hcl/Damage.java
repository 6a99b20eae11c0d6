package dev.bastion.hcl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Damage to a file: bytes lost, doubled or inserted. */
final class Damage {
    private static final byte[] WRONG = "{}[]()\"\"\\$%#/*<>=:,.\r\n\t -~E\u0000'`;é".getBytes(StandardCharsets.UTF_8);

    private Damage() {}

    static byte[] some(byte[] bytes, Random random) {
        byte[] damaged = bytes;
        for (int wound = random.nextInt(4); wound >= 0; wound--) {
            damaged = one(damaged, random);
        }
        return damaged;
    }

    private static byte[] one(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int lost = Math.min(bytes.length - at, random.nextInt(3));
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        damaged.write(bytes, 0, at);
        for (int more = random.nextInt(3); more > 0; more--) {
            damaged.write(WRONG[random.nextInt(WRONG.length)]);
        }
        damaged.write(bytes, at + lost, bytes.length - at - lost);
        return damaged.toByteArray();
    }
}
