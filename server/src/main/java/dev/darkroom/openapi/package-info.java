/// Describes the API: one OpenAPI document that is put together from a file for each area, and the
/// page that shows it. Nothing here is generated from code; the tests hold the code to the files.
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "failure"})
package dev.darkroom.openapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
