/// Tells whoever waits for a job how it ended: one signed POST to a URL that the client named,
/// tried again for a while, and repeated where the client asks for it. What a job is, and what
/// there is to tell of it, is known above.
@NullMarked
@ApplicationModule(
    allowedDependencies = {"account", "api", "dataset", "failure", "fetch", "job", "secret"})
package dev.darkroom.webhook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
