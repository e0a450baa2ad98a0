package dev.darkroom.database;

import com.sun.security.auth.module.UnixSystem;
import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Whom the PostgreSQL programs run as. They refuse to run as root; so root runs them in a user
/// namespace of their own, which needs no change of owner, or else as the owner of the cluster.
///
/// @param prefix the words that go before a command
/// @param owner the numeric user and group that the cluster's files belong to
record PostgresAccount(List<String> prefix, int owner) {

  private static final int ROOT = 0;
  private static final int NOBODY = 65534;

  PostgresAccount {
    prefix = List.copyOf(prefix);
  }

  /// Chooses the account for a cluster, which may not exist yet.
  static PostgresAccount of(Path cluster) throws IOException {
    int self = (int) new UnixSystem().getUid();
    if (self != ROOT) return new PostgresAccount(List.of(), self);
    int owner = Files.exists(cluster) ? owner(cluster) : ROOT;
    Path anywhere = Path.of("/");
    if (owner == ROOT && Program.run(List.of("unshare", "-U", "true"), anywhere).succeeded()) {
      return new PostgresAccount(List.of("unshare", "-U"), ROOT);
    }
    var account = switchingTo(owner == ROOT ? NOBODY : owner);
    if (Program.run(account.command(List.of("true")), anywhere).succeeded()) return account;
    throw new FailureException(new DatabaseFailure.RootRefused());
  }

  private static PostgresAccount switchingTo(int user) {
    return new PostgresAccount(
        List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups"), user);
  }

  private static int owner(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  List<String> command(List<String> words) {
    var command = new ArrayList<>(prefix);
    command.addAll(words);
    return command;
  }

  /// Fails where the account may not enter `home`, a directory of ours, or one that it lies in.
  /// What is ours is opened to it.
  void requireEntry(Path home) throws IOException {
    if (prefix.isEmpty() || owner == ROOT) return;
    var permissions = new HashSet<>(Files.getPosixFilePermissions(home));
    permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    Files.setPosixFilePermissions(home, permissions);
    for (Path directory : fromTheRootTo(home)) {
      var entry = command(List.of("test", "-x", directory.toString()));
      if (!Program.run(entry, Path.of("/")).succeeded()) {
        throw new FailureException(new DatabaseFailure.DirectoryClosed(directory, owner));
      }
    }
  }

  private static List<Path> fromTheRootTo(Path directory) {
    var path = new ArrayList<Path>();
    for (Path at = directory; at != null; at = at.getParent()) path.addFirst(at);
    return path;
  }

  /// Gives `path`, and all that is in it, to the account, where it does not belong to it yet.
  /// `path` itself comes last: where this ends early, it is done again.
  void own(Path path) throws IOException {
    if (owner(path) == owner) return;
    try (var files = Files.walk(path)) {
      for (Path file : files.toList().reversed()) {
        Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
