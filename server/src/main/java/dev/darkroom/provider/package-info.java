/// Asks what captions or moderates elsewhere: a server with an OpenAI-compatible API. Bounds each
/// call in time, size and number, and keeps a gate in the database that is closed while such a
/// server is out or asked too often, so that no node hammers it.
@NullMarked
@ApplicationModule(allowedDependencies = {"failure", "fetch"})
package dev.darkroom.provider;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
