package dev.darkroom;

import dev.darkroom.account.TokenCommand;
import dev.darkroom.measuring.CaptionCommand;
import dev.darkroom.measuring.MeasuringCaptioner;
import dev.darkroom.start.Commands;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {

  /// Ends with the command's exit code, except that a server that has started goes on.
  public static void main(String[] arguments) {
    var caption = CaptionCommand.commandLine(_ -> new MeasuringCaptioner());
    int exitCode =
        new Commands(Application.class, TokenCommand.commandLine(), caption).run(arguments);
    if (exitCode != 0) System.exit(exitCode);
  }
}
