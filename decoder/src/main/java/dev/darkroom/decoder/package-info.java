/// The libvips binding, and the child process that decodes images behind a pipe. No dependency.
@NullMarked
package dev.darkroom.decoder;

import org.jspecify.annotations.NullMarked;
