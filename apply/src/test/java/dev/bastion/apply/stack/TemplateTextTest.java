package dev.bastion.apply.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain            | plain
            ${run_cmd("id")} | $${run_cmd("id")}
            %{ if true }     | %%{ if true }
            $${x}            | $$${x}
            ${${x}}          | $${$${x}}
            100 % {          | 100 % {
            $ { x }          | $ { x }
            """)
    void escapesTemplateMarkers(String text, String escaped) {
        assertThat(TemplateText.escaped(text)).isEqualTo(escaped);
    }

    @Test
    void escapesKeysAndNestedValues() throws Exception {
        var value = new ObjectMapper().readTree("{\"${k}\": [\"%{x}\", 1, true, null, {\"a\": \"${b}\"}]}");
        assertThat(TemplateText.escaped(value).toString())
                .isEqualTo("{\"$${k}\":[\"%%{x}\",1,true,null,{\"a\":\"$${b}\"}]}");
    }
}
