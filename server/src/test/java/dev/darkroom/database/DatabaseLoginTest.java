package dev.darkroom.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.TestDatabase;
import java.util.ArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
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
    String url = "jdbc:postgresql://a,b/rooms?user=ann&password=p@ss&targetServerType=primary";
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
        "postgresql://ann:hidden@host:99999/db",
        "postgresql://host//db?user=ann&password=hidden",
        "ann:hidden@host/db",
        "jdbc:mysql://host/db?password=hidden",
        "jdbc:postgresql://ann:hidden@host/db",
        "jdbc:postgresql://ann:hidden@host:5432/db",
        "jdbc:postgresql://ann:123/hidden@host:5432/db",
        "jdbc:postgresql://ann:hidden?%@host/db",
        "jdbc:postgresql://host?user=ann&password=hidden",
        "jdbc:postgresql://host/db?user=ann&password=hidden50%off",
        "jdbc:postgresql://host/db?user=ann&password=hid{den",
        "jdbc:postgresql:///db?user=ann&password=hidden",
        "jdbc:postgresql://host:99999/db?user=ann&password=hidden"
      })
  void refusesOtherUrlsWithoutRepeatingThePassword(String url) {
    assertThatThrownBy(() -> DatabaseLogin.parse(url))
        .hasMessageContaining("--database-url")
        .hasMessageNotContaining("hid");
    assertThatThrownBy(() -> DatabaseLogin.parse(url)).hasNoCause();
  }

  /// The driver logs what it cannot read, before anybody could stop it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://ann:hidden@host/db",
        "jdbc:postgresql://ann:hidden?%@host/db",
        "jdbc:postgresql://host?user=ann&password=hidden",
        "jdbc:postgresql://host/db?user=ann&password=hidden50%off"
      })
  void keepsThePasswordOutOfTheDriversLog(String url) {
    var driver = Logger.getLogger("org.postgresql");
    var logged = new ArrayList<String>();
    var listener =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(new SimpleFormatter().formatMessage(entry));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    driver.addHandler(listener);
    try {
      assertThatThrownBy(() -> DatabaseLogin.parse(url).check()).isNotNull();
    } finally {
      driver.removeHandler(listener);
    }
    assertThat(logged).noneMatch(text -> text.contains("hidden"));
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
