package dev.darkroom.start;

import dev.darkroom.database.Database;
import dev.darkroom.database.EmbeddedPostgres;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/// What the server says when it is ready: where it is, and what it stands on.
final class ReadyMessage {

  private ReadyMessage() {}

  static String of(ApplicationContext context) {
    Environment environment = context.getEnvironment();
    String port = environment.getRequiredProperty("local.server.port");
    String address = environment.getProperty("darkroom.public-url", "http://localhost:" + port);
    var message = new StringBuilder();
    message.append("Darkroom %s is ready: %s".formatted(Version.text(), address));
    message.append(line("data", environment.getRequiredProperty("darkroom.data")));
    message.append(line("database", database(context.getBean(Database.class))));
    message.append(line("images", environment.getRequiredProperty("darkroom.store")));
    var parts = context.getBean(RunningParts.class);
    message.append(line("captions", parts.captioner()));
    message.append(line("moderation", parts.moderator()));
    return message.toString();
  }

  private static String database(Database database) {
    return database
        .embedded()
        .map(EmbeddedPostgres::port)
        .map("embedded PostgreSQL on 127.0.0.1:%d"::formatted)
        .orElse("PostgreSQL of --database-url");
  }

  private static String line(String subject, String text) {
    return "%n  %-10s %s".formatted(subject, text);
  }
}
