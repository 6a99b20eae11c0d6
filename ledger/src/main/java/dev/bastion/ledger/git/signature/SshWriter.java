package dev.bastion.ledger.git.signature;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A writer of SSH's binary encoding (RFC 4251, section 5). */
final class SshWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    SshWriter raw(String magic) {
        out.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    SshWriter number(int number) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        return this;
    }

    SshWriter string(byte[] bytes) {
        number(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    SshWriter text(String text) {
        return string(text.getBytes(StandardCharsets.US_ASCII));
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
