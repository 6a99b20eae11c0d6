package dev.bastion.hcl.syntax;

import java.util.Arrays;

/** The start offsets of a file's lines, which count from 1. */
public final class LineIndex {
    private final int[] starts;
    private final int length;

    private LineIndex(int[] starts, int length) {
        this.starts = starts;
        this.length = length;
    }

    static LineIndex of(byte[] bytes) {
        int[] starts = new int[Math.max(16, bytes.length / 32)];
        int count = 1;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                starts = count == starts.length ? Arrays.copyOf(starts, count * 2) : starts;
                starts[count++] = at + 1;
            }
        }
        return new LineIndex(Arrays.copyOf(starts, count), bytes.length);
    }

    public int count() {
        return starts.length;
    }

    int lineOf(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    public int start(int line) {
        return starts[line - 1];
    }

    /** The start of the next line, or the end of the file. */
    public int end(int line) {
        return line < starts.length ? starts[line] : length;
    }
}
