package dev.bastion.hcl;

import java.util.Arrays;

/** Where the lines of a file begin. Lines count from 1. */
final class Lines {
    private final int[] starts;
    private final int length;

    private Lines(int[] starts, int length) {
        this.starts = starts;
        this.length = length;
    }

    static Lines of(byte[] bytes) {
        int[] starts = new int[Math.max(16, bytes.length / 32)];
        int count = 1;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                starts = count == starts.length ? Arrays.copyOf(starts, count * 2) : starts;
                starts[count++] = at + 1;
            }
        }
        return new Lines(Arrays.copyOf(starts, count), bytes.length);
    }

    int count() {
        return starts.length;
    }

    int lineOf(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int start(int line) {
        return starts[line - 1];
    }

    /** Where the next line begins, or the file ends. */
    int end(int line) {
        return line < starts.length ? starts[line] : length;
    }
}
