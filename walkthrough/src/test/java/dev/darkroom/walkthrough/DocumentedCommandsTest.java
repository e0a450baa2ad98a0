package dev.darkroom.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holds the documents to their word: what they show in a block `sh` is run, and what they only
/// name is there.
class DocumentedCommandsTest {

  /// The README first, since what follows it uses its variables and its datasets.
  private static final Walk REFERENCE =
      new Walk("README.md", "docs/api.md", "docs/cli.md", "docs/recipes.md");

  /// Its first half is the console's, which tests of its own walk through (`dev.darkroom.console`).
  private static final Walk TUTORIAL =
      new Walk(
          List.of("docs/tutorial.md"),
          """
          auth='api_token: secret-token'; json='Content-Type: application/json'
          curl -s http://127.0.0.1:8080/tailored-gen/projects -H "$auth" -H "$json" \\
            -d '{"project_name": "Spring", "ip_medium": "photography", "ip_type": "other"}'
          curl -s http://127.0.0.1:8080/tailored-gen/datasets -H "$auth" -H "$json" \\
            -d '{"project_id": 1, "name": "Shoot 1", "upload_type": "advanced"}'
          """);

  /// What a fence may say: run, commands that are not run here, and what is no command.
  private static final Set<String> LANGUAGES = Set.of("sh", "console", "text", "json", "python");

  private Workplace workplace;

  @BeforeEach
  void makeAWorkplace() throws IOException {
    workplace = Workplace.make();
  }

  @AfterEach
  void leaveIt() throws IOException {
    workplace.close();
  }

  @Test
  void theReferenceDoesWhatItSays() throws Exception {
    String written = REFERENCE.follow(workplace);
    assertThat(written)
        .contains("\"status\":\"completed\"", "the upload is completed", "= images           5");
    assertThat(workplace.folder().resolve("dataset-1-imagefolder.zip")).isNotEmptyFile();
  }

  @Test
  void theTutorialEndsWithADatasetAndItsCaptions() throws Exception {
    String written = TUTORIAL.follow(workplace);
    assertThat(written).contains("the upload is completed", "\"status\":\"completed\"");
    assertThat(workplace.folder().resolve("dataset-2.zip")).isNotEmptyFile();
  }

  @Test
  void everyBlockSaysWhatItIsAndNoneThatIsToBeRunIsLeftOut() throws IOException {
    Set<String> walked = new TreeSet<>(REFERENCE.documents());
    walked.addAll(TUTORIAL.documents());
    for (String document : Documents.all()) {
      assertThat(CodeBlock.of(document))
          .allSatisfy(block -> {
            assertThat(LANGUAGES).as(block.place()).contains(block.language());
            if (block.isRun()) assertThat(walked).as(block.place()).contains(document);
          });
    }
  }

  /// Also of what cannot be run, for it needs a model, a bucket or another machine.
  @Test
  void everyOptionThatADocumentShowsIsThere() throws Exception {
    var mentions = new TreeMap<String, List<Mention>>();
    for (String document : Documents.all()) {
      for (Mention mention : Mention.of(document)) {
        mentions.computeIfAbsent(mention.command(), _ -> new ArrayList<>()).add(mention);
      }
    }
    assertThat(mentions).containsKeys("serve", "upload", "captions export", "token create");
    for (var command : mentions.entrySet()) {
      if (command.getKey().matches("(token|organization) .*")) {
        for (Mention mention : command.getValue()) assertIsOfTheFamily(mention);
      } else {
        assertOptions(help(command.getKey()).replace("[no-]", "no-"), command.getValue());
      }
    }
  }

  private static void assertOptions(String help, List<Mention> mentions) {
    assertThat(mentions)
        .allSatisfy(mention ->
            assertThat(mention.options())
                .as(mention.toString())
                .allSatisfy(option -> assertThat(help).containsPattern(whole(option))));
  }

  /// The commands within these have no help of their own. What is wrong with a call that has an
  /// option too many is that option alone, and nothing is done.
  private void assertIsOfTheFamily(Mention mention) throws IOException, InterruptedException {
    String[] words = mention.command().split(" ", -1);
    assertThat(help(words[0])).containsPattern("(?m)^  " + words[1] + " ");
    if (mention.options().isEmpty()) return;
    var process = workplace.shell("-c", "./darkroom " + mention.call() + " --one-too-many").start();
    assertThat(process.inputReader().readLine())
        .as(mention.toString())
        .isEqualTo("darkroom: Unknown option: '--one-too-many'");
    process.waitFor();
  }

  private static String whole(String option) {
    return "(?<![\\w-])%s(?![\\w-])".formatted(option);
  }

  private String help(String command) throws IOException, InterruptedException {
    String call = command.equals("help") ? "./darkroom help" : "./darkroom " + command + " --help";
    var process = workplace.shell("-c", call).start();
    String help = String.join("\n", process.inputReader().lines().toList());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(call + "\n" + help).isZero();
    return help;
  }
}
