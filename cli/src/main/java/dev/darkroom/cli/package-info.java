/// The command line client. It talks HTTP to a server and imports nothing of it.
@NullMarked
package dev.darkroom.cli;

import org.jspecify.annotations.NullMarked;
