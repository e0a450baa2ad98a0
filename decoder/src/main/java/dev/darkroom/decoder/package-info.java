/// The libvips binding, and the child process that decodes images behind a pipe. No dependency.
///
/// The parent and its child ([DecoderMain]) talk in frames over the child's standard input and
/// output; every number is big-endian. The child begins with one [Reply]: [Reply.Ready], or
/// [Reply.Unavailable], after which it exits. Then, for each image, the parent writes one [Request]
/// with the image's bytes behind it, and the child answers with one [Reply]. The end of the input
/// ends the child; the end of the output tells the parent that the child is gone.
@NullMarked
package dev.darkroom.decoder;

import org.jspecify.annotations.NullMarked;
