package dev.darkroom.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseLoginTest {

  @Test
  void readsTheFormOfLibpq() {
    var login =
        DatabaseLogin.parse("postgresql://ann:p%40ss+w%3Ard@db.example.com:5433/rooms?ssl=true");
    assertThat(login.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.com:5433/rooms?ssl=true");
    assertThat(login.user()).isEqualTo("ann");
    assertThat(login.password()).isEqualTo("p@ss+w:rd");
  }

  @Test
  void leavesTheFormOfJdbcAlone() {
    String url = "jdbc:postgresql://a,b/rooms?user=ann&targetServerType=primary";
    assertThat(DatabaseLogin.parse(url)).isEqualTo(new DatabaseLogin(url, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ann:hidden@host/db",
        "postgresql://ann:hidden@/db",
        "postgresql://ann:hidden@host",
        "postgresql://ann:hidden@host/",
        "postgresql://ann:hid den@host/db",
        "ann:hidden@host/db",
        "jdbc:mysql://host/db?password=hidden"
      })
  void refusesOtherUrlsWithoutRepeatingThePassword(String url) {
    assertThatThrownBy(() -> DatabaseLogin.parse(url))
        .hasMessageContaining("--database-url")
        .hasMessageNotContaining("hidden");
    assertThatThrownBy(() -> DatabaseLogin.parse(url)).hasNoCause();
  }

  @Test
  void acceptsAServerThatIsNewEnough() {
    try (var database = TestDatabase.create()) {
      var login = DatabaseLogin.parse(database.url());
      assertThat(login.check()).isSameAs(login);
      assertThat(login.toString()).doesNotContain("password");
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    assertThatThrownBy(() -> DatabaseLogin.parse("postgresql://ann:hidden@127.0.0.1:1/db").check())
        .hasMessageContaining("127.0.0.1:1 refused")
        .hasMessageNotContaining("hidden");
  }
}
