package dev.bastion.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.Location;
import dev.bastion.hcl.model.NumberLiteral;
import dev.bastion.hcl.model.Span;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form that a path can meet. In the tables {@code ;} is a newline. */
class LocateTest {
    private static final HclPath PATH = HclPath.of("inputs.x");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            inputs = { x = 0 }                                | 0
            inputs = { x = -0 }                               | -0
            inputs = { x = - 12.50 }                          | -12.50
            inputs = { x = 1e3 }                              | 1e3
            inputs = { x = true }                             | true
            inputs = { x = null }                             | null
            inputs = { x = "" }                               | ""
            inputs = { x = "a b" }                            | "a b"
            inputs = { x = "$${a} %%{b} $ % $$" }             | "$${a} %%{b} $ % $$"
            inputs = { x = "\\u0041\\U0001f600\\t\\"\\\\" }   | "A😀\\t\\"\\\\"
            inputs = { x : 1 }                                | 1
            inputs={x=1}                                      | 1
            inputs = { "x" = 1 }                              | 1
            inputs = { ("x") = 1 }                            | 1
            inputs = { ( "x" ) = 1 }                          | 1
            inputs = { y = 2, x = 1, z = 3 }                  | 1
            inputs = {;  y = 2;  x = 1;  z = 3;}              | 1
            inputs = {;  x = 1,;;  y = 2,;}                   | 1
            inputs = { /* a */ x /* b */ = /* c */ 1 /* d */ }| 1
            inputs = {; # x = 2;; x = 1 # x = 3;}             | 1
            inputs = {; x = 1 // x = 3;}                      | 1
            inputs {;  x = 1;}                                | 1
            inputs { x = 1 }                                  | 1
            inputs { y = 1 };inputs { x = 1 }                 | 1
            inputs = { y = "}${"x = 5"}{", x = 1 }            | 1
            inputs = { y = { x = 5 }, x = 1 }                 | 1
            inputs = { y = [{ x = 5 }], x = 1 }               | 1
            inputs = { y = f({ x = 5 },; [2]), x = 1 }        | 1
            inputs = { y = a == b ? c : d, x = 1 }            | 1
            inputs = { y = a != b && c >= d && e <= f, x = 1 }| 1
            inputs = { y = p::f(1), x = 1 }                   | 1
            inputs = {; y = <<E;x = 5;E;; x = 1;}             | 1
            inputs = {; y = <<-E-F;x = 5;  E-F;; x = 1;}      | 1
            inputs = {; y = <<E;${ <<F;x = 5;F;};E;; x = 1;}  | 1
            inputs = {; y = <<E;xE;E x;E;; x = 1;}            | 1
            inputs = { y = [for x in a : x], x = 1 }          | 1
            inputs = { y = {for k, x in a : k => x...}, x = 1 }| 1
            inputs = { y = 1 / 2 * 3 % 4, x = 1 }             | 1
            inputs = { y = a.b[0].*.c, x = 1 }                | 1
            inputs = { y = "\\${", x = 1 }                    | 1
            inputs = { y = "$$${", x = 1 }                    | 1
            inputs = { y = "%{ if a }\\"%{ else }}%{ endif }", x = 1 } | 1
            inputs = { for_y = 2, x = 1 }                     | 1
            inputs = { größe-1 = 2, x = 1 }                   | 1
            inputs = merge(local.y, { x = 1 })                | 1
            inputs = merge({ x = 5 }, { x = 1 })              | 1
            inputs = merge({ x = 1 })                         | 1
            inputs = merge(f({ x = 5 }, [2]),;  { x = 1 },;)  | 1
            inputs = merge (/* a */ y /* b */, { x = 1 } /* c */) | 1
            inputs = merge(y, {; x = 1; z = merge(a, { x = 5 });}) | 1
            """)
    void findsLiterals(String hcl, String literal) {
        Location location = locate(hcl);
        assertThat(location).isInstanceOf(Location.Found.class);
        Location.Found found = (Location.Found) location;
        assertThat(found.literal().hcl()).isEqualTo(literal);
        assertThat(found.line()).isEqualTo(line(hcl, found.span()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            '                                                 | t:1: there is no `inputs` in the file. Write `inputs.x` there, with a literal value.
            y = 1                                             | t:1: there is no `inputs` in the file. Write `inputs.x` there, with a literal value.
            x = 1                                             | t:1: there is no `inputs` in the file. Write `inputs.x` there, with a literal value.
            # inputs = { x = 1 }                              | t:1: there is no `inputs` in the file. Write `inputs.x` there, with a literal value.
            inputs "label" { x = 1 }                          | t:1: there is no `inputs` in the file. Write `inputs.x` there, with a literal value.
            a { inputs = { x = 1 } }                          | t:1: there is no `inputs` in the file. Write `inputs.x` there, with a literal value.
            ;inputs = {}                                      | t:2: there is no `x` in `inputs`. Write `inputs.x` there, with a literal value.
            ;inputs {};                                       | t:2: there is no `x` in `inputs`. Write `inputs.x` there, with a literal value.
            inputs {};inputs {};                              | t:1: there is no `x` in `inputs`. Write `inputs.x` there, with a literal value.
            inputs = { y = { x = 1 } }                        | t:1: there is no `x` in `inputs`. Write `inputs.x` there, with a literal value.
            inputs = { X = 1 }                                | t:1: there is no `x` in `inputs`. Write `inputs.x` there, with a literal value.
            inputs = {; y = <<E;x = 1;E;;}                    | t:1: there is no `x` in `inputs`. Write `inputs.x` there, with a literal value.
            """)
    void reportsMissingPaths(String hcl, String problem) {
        assertThat(locate(hcl.equals("'") ? "" : hcl)).isEqualTo(new Location.NotFound(problem));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            inputs = { x = 1, x = 1 }                         | t:1: `inputs.x` occurs more than once, on lines 1, 1. Keep one of them.
            inputs = {; x = 1; "x" = 1;}                      | t:2: `inputs.x` occurs more than once, on lines 2, 3. Keep one of them.
            inputs = {; ("x") = 1; x = 1;}                    | t:2: `inputs.x` occurs more than once, on lines 2, 3. Keep one of them.
            inputs = {; "\\u0078" = 1; x = 1;}                | t:2: `inputs.x` occurs more than once, on lines 2, 3. Keep one of them.
            inputs = {; x=1; x=2; x=3; x=4; x=5; x=6;}        | t:2: `inputs.x` occurs more than once, on lines 2, 3, 4, 5, 6, …. Keep one of them.
            inputs = { x = 1 };inputs = { y = 1 }             | t:1: `inputs` occurs more than once, on lines 1, 2. Keep one of them.
            inputs = { x = 1 };inputs { x = 1 }               | t:1: `inputs` occurs more than once, on lines 1, 2. Keep one of them.
            inputs { x = 1 };inputs { x = 1 }                 | t:1: `inputs` occurs more than once, on lines 1, 2. Keep one of them.
            inputs {; x = 1; x = 2;}                          | t:2: `inputs.x` occurs more than once, on lines 2, 3. Keep one of them.
            inputs = {; x = 1; (y) = 1;}                      | t:3: the key `(y)` must be evaluated and could be `x`. Write the key as a plain name.
            inputs = {; "${y}" = 1; x = 1;}                   | t:2: the key `"${y}"` must be evaluated and could be `x`. Write the key as a plain name.
            """)
    void reportsAmbiguousPaths(String hcl, String problem) {
        assertThat(locate(hcl)).isEqualTo(new Location.Ambiguous(problem));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            inputs = merge({ x = 1 }, local.y)                | t:1: `inputs` is a call (`merge({ x = 1 }, local.y)`), not an object literal
            inputs = merge({ x = 1 }...)                      | t:1: `inputs` is a call
            inputs = merge(y, [{ x = 1 }]...)                 | t:1: `inputs` is a call
            inputs = merge(y, { for k in a : k => 1 })        | t:1: `inputs` is a call
            inputs = merge(y, { x = 1 }).z                    | t:1: `inputs` is an expression
            inputs = merge()                                  | t:1: `inputs` is a call
            inputs = core::merge(y, { x = 1 })                | t:1: `inputs` is an expression
            inputs = mergex(y, { x = 1 })                     | t:1: `inputs` is a call
            inputs = merge({ x = 1 },; { y = 1 })             | t:2: `x` is not in the last object of the `merge` of `inputs`, and another argument may have it
            inputs = merge(y, { x = z })                      | t:1: `inputs.x` is a reference
            inputs = merge(y, { (z) = 1 })                    | t:1: the key `(z)` must be evaluated and could be `x`
            inputs = a ? { x = 1 } : { x = 1 }                | t:1: `inputs` is a conditional
            inputs = local.inputs                             | t:1: `inputs` is a reference
            inputs = "x"                                      | t:1: `inputs` is a string
            inputs = 1                                        | t:1: `inputs` is a number
            inputs = true                                     | t:1: `inputs` is a single value
            inputs = [{ x = 1 }]                              | t:1: `inputs` is a list
            inputs = [{ x = 1 }][0]                           | t:1: `inputs` is an expression
            inputs = ({ x = 1 })                              | t:1: `inputs` is an expression in parentheses
            inputs = { for x in y : x => 1 }                  | t:1: `inputs` is a `for` expression
            inputs = {; for x in y : x => 1 }                 | t:1: `inputs` is a `for` expression
            inputs = { (y) = 1 }                              | t:1: the key `(y)` must be evaluated and could be `x`
            inputs = { a.b = 1 }                              | t:1: the key `a.b` must be evaluated and could be `x`
            inputs = { x = local.y }                          | t:1: `inputs.x` is a reference (`local.y`), which cannot be replaced
            inputs = { x = y }                                | t:1: `inputs.x` is a reference
            inputs = { x = y[0] }                             | t:1: `inputs.x` is a reference
            inputs = { x = f(1) }                             | t:1: `inputs.x` is a call
            inputs = { x = p::f(1) }                          | t:1: `inputs.x` is an expression
            inputs = { x = a ? 1 : 0 }                        | t:1: `inputs.x` is a conditional
            inputs = { x = 1 + 1 }                            | t:1: `inputs.x` is an expression
            inputs = { x = !true }                            | t:1: `inputs.x` is an expression
            inputs = { x = (1) }                              | t:1: `inputs.x` is an expression in parentheses
            inputs = { x = --1 }                              | t:1: `inputs.x` is an expression
            inputs = { x = 1.2.3 }                            | t:1: `inputs.x` is a number that cannot be read
            inputs = { x = "${y}" }                           | t:1: `inputs.x` is a template
            inputs = { x = "a${y}b" }                         | t:1: `inputs.x` is a template
            inputs = { x = "%{ if a }b%{ endif }" }           | t:1: `inputs.x` is a template
            inputs = { x = "${"1"}" }                         | t:1: `inputs.x` is a template
            inputs = { x = "${}" }                            | t:1: `inputs.x` is a template
            inputs = { x = ""b }                              | t:1: `inputs.x` is an expression
            inputs = { x = "\\q" }                            | t:1: `inputs.x` is a string that cannot be read
            inputs = { x = "\\u00g0" }                        | t:1: `inputs.x` is a string that cannot be read
            inputs = { x = "\\ud800" }                        | t:1: `inputs.x` is a string that cannot be read
            inputs = { x = "\\U00110000" }                    | t:1: `inputs.x` is a string that cannot be read
            inputs = { x = [] }                               | t:1: `inputs.x` is a list
            inputs = { x = {} }                               | t:1: `inputs.x` is an object
            inputs = {; x = <<E;1;E;;}                        | t:2: `inputs.x` is a heredoc
            inputs {; x {; };}                                | t:2: `inputs.x` is a block
            inputs = {; x = "a;}                              | t:2: a quoted string does not end on its line. Correct the file
            inputs = { x = "a                                 | t:1: `"` is never closed
            inputs = { x = 1                                  | t:1: `{` is never closed
            inputs = { x = [1 }                               | t:1: `}` found while `[` is still open
            inputs = { x = 1 };}                              | t:2: `}` closes nothing
            inputs = { x = 'a' }                              | t:1: a character that HCL does not allow
            inputs = { x = 1 } /* a                           | t:1: a comment is never closed
            inputs = {; x = <<E;1;                            | t:2: `<<E` is never closed
            inputs = {; x = 1;};<<<<<<< HEAD                  | t:4: `<` starts neither an attribute nor a block
            inputs = {; x = 1;};"y" = 1                       | t:4: `"` starts neither an attribute nor a block
            inputs = {; x = 1;};y                             | t:4: `y` has no value and no body
            inputs = {; x = 1;};y =                           | t:4: `y` has no value on its line
            inputs = {; x = 1;};y = a, b                      | t:4: `,` is not allowed inside an expression
            inputs = {; x = 1;};y = z = 1                     | t:4: `=` is not allowed inside an expression
            inputs = {; x = 1;};y "${z}" {}                   | t:4: a label is not a plain string
            inputs = {; x = 1;};y {} z                        | t:4: something follows the end of `y` on its line
            inputs = { x = 1, y }                             | t:1: `y` in an object is not an item
            inputs = { x = 1, y = }                           | t:1: an item of an object lacks its key or its value
            inputs = { x = 1, = y }                           | t:1: an item of an object lacks its key or its value
            inputs = { x = 1, y = z = 1 }                     | t:1: `=` is not allowed inside an expression
            """)
    void reportsUnsupportedValues(String hcl, String problem) {
        Location location = locate(hcl);
        assertThat(location).isInstanceOf(Location.Unsupported.class);
        assertThat(((Location.Unsupported) location).problem())
                .startsWith(problem)
                .endsWith(".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            unit["bastion"].values.x                          | unit "bastion" { values = { x = 1 } };unit "other" { values = { x = 2 } }
            unit.bastion.values.x                             | unit bastion { values = { x = 1 } }
            include.x                                         | include {; x = 1;};include "root" {; x = 2;}
            include.root.x                                    | include {; x = 2;};include "root" {; x = 1;}
            a.b.c.x                                           | a "b" "c" { x = 1 };a "b" "d" { x = 2 };a "b" { x = 3 }
            a["b.c"].x                                        | a "b.c" { x = 1 };a "b" { x = 2 }
            a["\\"x\\\\"]                                     | a = { "\\"x\\\\" = 1, x = 2 }
            a.b.c.d                                           | a { b { c = { d = 1 } } };
            inputs.größe                                      | inputs = { größe = 1, gro = 2 }
            """)
    void findsLiteralsThroughBlocksAndLabels(String path, String hcl) {
        String file = hcl.replace("a { b { c = { d = 1 } } };", "a {; b {; c = { d = 1 };};}");
        Location location = parsed(file).locate(HclPath.of(path));
        assertThat(location).isInstanceOf(Location.Found.class);
        assertThat(((Location.Found) location).literal()).isEqualTo(NumberLiteral.of(1));
    }

    @Test
    void aBlockWithLabelsMustBeUnique() {
        HclFile twice = parsed("unit \"a\" {; x = 1;};unit \"a\" {; y = 1;}");
        assertThat(twice.locate(HclPath.of("unit.a.x")))
                .isEqualTo(
                        new Location.Ambiguous("t:1: `unit` occurs more than once, on lines 1, 4. Keep one of them."));
    }

    private static Location locate(String hcl) {
        return parsed(hcl).locate(PATH);
    }

    private static HclFile parsed(String hcl) {
        return HclFile.parse("t", hcl.replace(';', '\n').getBytes(StandardCharsets.UTF_8));
    }

    private static int line(String hcl, Span span) {
        byte[] bytes = hcl.replace(';', '\n').getBytes(StandardCharsets.UTF_8);
        return (int) new String(bytes, 0, span.start(), StandardCharsets.UTF_8)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
    }
}
