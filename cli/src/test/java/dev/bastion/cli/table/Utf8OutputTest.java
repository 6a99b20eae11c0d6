package dev.bastion.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The writer of answers writes what Java's own writer writes. */
class Utf8OutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintWriter out = new PrintWriter(new Utf8Output(bytes), true);

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aLongTextIsWrittenWhole() {
        String line = "a row with ä, € and 😀; ";
        StringBuilder expected = new StringBuilder();
        for (int row = 0; row < 20_000; row++) {
            out.print(line);
            out.print(row);
            expected.append(line).append(row);
        }
        assertThat(bytes.size()).as("long before its end").isPositive();
        out.flush();
        assertThat(written()).isEqualTo(expected.toString());
    }

    /** The two halves of a character in two writes, with a flush between them. */
    @Test
    void aCharacterIsNeverCutInTwo() {
        String smile = "😀";
        out.print(smile.charAt(0));
        out.flush();
        assertThat(written()).isEmpty();
        out.print(smile.charAt(1));
        out.println("!");
        assertThat(written()).isEqualTo(smile + "!" + System.lineSeparator());
    }

    @Test
    void aLineIsWrittenAtOnce() {
        out.println("note");
        assertThat(written()).isEqualTo("note" + System.lineSeparator());
    }

    @Test
    void aBrokenPipeIsAnError() {
        PrintWriter broken = new PrintWriter(new Utf8Output(new OutputStream() {
            @Override
            public void write(int each) throws IOException {
                throw new IOException("Broken pipe");
            }
        }));
        broken.print("answer");
        assertThat(broken.checkError()).isTrue();
    }
}
