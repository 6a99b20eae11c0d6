package dev.bastion.ledger.git.signature;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A reader of SSH's binary encoding (RFC 4251, section 5). Every length is checked against the bytes that are left. */
final class SshReader {
    private final ByteBuffer left;

    SshReader(byte[] bytes) {
        this.left = ByteBuffer.wrap(bytes);
    }

    void expect(String magic) throws InvalidSshFormat {
        byte[] wanted = magic.getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(wanted, bytes(wanted.length))) {
            throw new InvalidSshFormat("does not begin with " + magic.strip());
        }
    }

    int number() throws InvalidSshFormat {
        if (left.remaining() < Integer.BYTES) {
            throw new InvalidSshFormat("ends too early");
        }
        return left.getInt();
    }

    byte[] string() throws InvalidSshFormat {
        return bytes(number());
    }

    String text() throws InvalidSshFormat {
        return new String(string(), StandardCharsets.US_ASCII);
    }

    void end() throws InvalidSshFormat {
        if (left.hasRemaining()) {
            throw new InvalidSshFormat("has bytes behind its end");
        }
    }

    private byte[] bytes(int length) throws InvalidSshFormat {
        if (length < 0 || length > left.remaining()) {
            throw new InvalidSshFormat("ends too early");
        }
        byte[] found = new byte[length];
        left.get(found);
        return found;
    }
}
