package dev.darkroom.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleBundleTest {

  private static byte[] bytes(String script) {
    return script.getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{a_1:{b:[1,2]}}     | {\"a_1\":{\"b\":[1,2]}}",
        "{a:!0,b:!1,c:null}  | {\"a\":true,\"b\":false,\"c\":null}",
        "[.5,-.25,75e-2,-0]  | [0.5,-0.25,0.75,0]",
        "\"abc+/=\"          | \"abc+/=\"",
        "[\"!0\",\"\\\"!1\"] | [\"!0\",\"\\\"!1\"]",
        "{\"a-b\":1}         | {\"a-b\":1}"
      })
  void readsWhatAMinifierWrites(String literal, String json) throws MalformedModelException {
    assertThat(ModuleBundle.exported(TestBundle.of(literal))).hasToString(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{a:1",
        "{a:1}}",
        "{a:1,a:2}",
        "{a:1,}",
        "{a:!2}",
        "[!",
        "{a:f()}",
        "{a:1}.a",
        "'abc'",
        "\"abc",
        "\"\\x41\"",
        "\"\\",
        "[01]",
        "[1.]",
        "[NaN]",
        "[+1]",
        "/* a */1",
        "1;exports=2",
        "undefined"
      })
  void refusesWhatIsNoLiteral(String script) {
    assertThatThrownBy(() -> ModuleBundle.exported(TestBundle.of(script)))
        .isInstanceOf(MalformedModelException.class)
        .hasMessageStartingWith("the bundle exports ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"a\":1}",
        "exports=1",
        "module.exports={a:1};",
        "{1:[function(e,a,n){n.exports=1},{}]},{},[1])(1)});",
        "{1:[function(e,a,n){a.exports=1},{}],2:[]},{},[1])(1)});",
        "{1:[function(e,a,n){a.exports=1},{}]},{},[1])(1)});f();"
      })
  void refusesWhatIsNoBundle(String script) {
    assertThatThrownBy(() -> ModuleBundle.exported(bytes(script)))
        .isInstanceOf(MalformedModelException.class)
        .hasMessage("the file is no bundle of one module");
  }

  @Test
  void refusesABundleWhoseEndLiesInItsBeginning() {
    assertThatThrownBy(() ->
            ModuleBundle.exported(bytes("{1:[function(e,a,n){a.exports=" + "},{}]},{},[1])(1)});")))
        .isInstanceOf(MalformedModelException.class);
  }

  @Test
  void refusesWhatIsNestedWithoutEnd() {
    assertThatThrownBy(() -> ModuleBundle.exported(TestBundle.of("[".repeat(100_000))))
        .isInstanceOf(MalformedModelException.class)
        .hasMessageContaining("nesting depth");
  }

  @Test
  void refusesTooMuchOfAnything() {
    assertThatThrownBy(
            () -> ModuleBundle.exported(TestBundle.of("[" + "0,".repeat(200_000) + "0]")))
        .isInstanceOf(MalformedModelException.class)
        .hasMessageContaining("Token count");
  }

  @Test
  void refusesEveryPieceOfABundle() throws MalformedModelException {
    String whole =
        new String(TestBundle.of("{a:[!0,.5,\"b\"]}"), StandardCharsets.ISO_8859_1).strip();
    assertThat(ModuleBundle.exported(bytes(whole)).path("a").size()).isEqualTo(3);
    for (int i = 0; i < whole.length(); i++) {
      String piece = whole.substring(0, i);
      assertThatThrownBy(() -> ModuleBundle.exported(bytes(piece)))
          .isInstanceOf(MalformedModelException.class);
    }
  }
}
