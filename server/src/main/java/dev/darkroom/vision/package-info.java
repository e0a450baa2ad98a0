/// Has pictures captioned by a vision model that runs elsewhere, behind an OpenAI-compatible API.
/// Says in words what is wanted and believes no reply: each is checked, and asked for again where
/// it departs.
@NullMarked
@ApplicationModule(allowedDependencies = {"caption", "failure", "provider"})
package dev.darkroom.vision;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
