package dev.bastion.cli.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * A writer of UTF-8 through one large buffer. Long answers are mostly ASCII, whose bytes Java copies from a text as they are; its
 * own writer copies each character three times.
 */
public final class Utf8Output extends Writer {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final StringBuilder waiting = new StringBuilder(BUFFER);

    /** @param out is written to in large parts, and flushed with this writer */
    public Utf8Output(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        waiting.append(characters, from, length);
        writeMuch();
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        waiting.append(text, from, from + length);
        writeMuch();
    }

    private void writeMuch() throws IOException {
        if (waiting.length() >= BUFFER) {
            writeWaiting();
        }
    }

    /** Keeps the first half of a character whose second half is still to come. */
    private void writeWaiting() throws IOException {
        int length = waiting.length();
        int whole = length > 0 && Character.isHighSurrogate(waiting.charAt(length - 1)) ? length - 1 : length;
        out.write(waiting.substring(0, whole).getBytes(StandardCharsets.UTF_8));
        waiting.delete(0, whole);
    }

    @Override
    public void flush() throws IOException {
        writeWaiting();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }
}
