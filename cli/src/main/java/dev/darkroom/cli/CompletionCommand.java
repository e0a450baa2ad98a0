package dev.darkroom.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints what makes a shell complete commands and options.",
    footer = {
      "",
      "Examples:",
      "  source <(darkroom completion bash)     in ~/.bashrc",
      "  source <(darkroom completion zsh)      in ~/.zshrc, behind compinit"
    })
final class CompletionCommand implements Callable<Integer> {

  /// How picocli names the shell: one script serves both.
  enum Shell {
    bash,
    zsh
  }

  private final Surroundings surroundings;

  @Spec @Nullable CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  @Nullable Shell shell;

  CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (spec == null) throw new IllegalStateException("used outside of a command line");
    var out = surroundings.terminal().out();
    out.print(AutoComplete.bash("darkroom", ServerCommands.beside(spec.root().commandLine())));
    out.flush();
    return Exit.OK;
  }
}
