package dev.darkroom.tryout;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.darkroom.failure.FailureException;
import dev.darkroom.image.ImageInspector;
import dev.darkroom.image.Inspection;
import dev.darkroom.moderation.Moderator;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Inspects a file, and has the moderator judge its thumbnail, as the server does.
record FileJudge(ImageInspector inspector, Moderator moderator) {

  FileVerdict judge(Path file) {
    try (var channel = FileChannel.open(file);
        var arena = Arena.ofShared()) {
      return judge(file.toString(), channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (NoSuchFileException _) {
      return FileVerdict.notJudged(file.toString(), "There is no such file.");
    } catch (IOException e) {
      return FileVerdict.notJudged(file.toString(), "The file cannot be read: " + e.getMessage());
    } catch (FailureException e) {
      return FileVerdict.notJudged(file.toString(), e.failure().message());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return FileVerdict.notJudged(file.toString(), "The command was interrupted.");
    }
  }

  private FileVerdict judge(String file, MemorySegment image) throws InterruptedException {
    return switch (inspector.inspect(image)) {
      case Inspection.Accepted accepted ->
          FileVerdict.of(file, moderator.judge(accepted.thumbnail().toArray(JAVA_BYTE)));
      case Inspection.Rejected(var failure) -> FileVerdict.notJudged(file, failure.message());
    };
  }
}
