/// Runs the commands of the documents as their readers do: with the launcher, the server and the
/// command line in processes of their own, in a folder that holds what the documents assume.
@NullMarked
package dev.darkroom.walkthrough;

import org.jspecify.annotations.NullMarked;
