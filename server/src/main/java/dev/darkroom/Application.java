package dev.darkroom;

import dev.darkroom.account.TokenCommand;
import dev.darkroom.start.Commands;
import dev.darkroom.tryout.ModerateCommand;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {

  /// Ends with the command's exit code, except that a server that has started goes on.
  public static void main(String[] arguments) {
    int exitCode =
        new Commands(Application.class, TokenCommand.commandLine(), new ModerateCommand())
            .run(arguments);
    if (exitCode != 0) System.exit(exitCode);
  }
}
