package dev.darkroom;

import dev.darkroom.account.OrganizationCommand;
import dev.darkroom.account.TokenCommand;
import dev.darkroom.doctor.DoctorCommand;
import dev.darkroom.start.Commands;
import dev.darkroom.tryout.CaptionCommand;
import dev.darkroom.tryout.ModerateCommand;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.core.env.StandardEnvironment;

@SpringBootApplication
@ConfigurationPropertiesScan
public class Application {

  /// Ends with the command's exit code, except that a server that has started goes on.
  public static void main(String[] arguments) {
    var environment = new StandardEnvironment();
    var caption = CaptionCommand.commandLine(environment);
    int exitCode =
        new Commands(
                Application.class,
                TokenCommand.commandLine(),
                OrganizationCommand.commandLine(),
                caption,
                new ModerateCommand(environment),
                new DoctorCommand(environment))
            .run(arguments);
    if (exitCode != 0) System.exit(exitCode);
  }
}
