/// How many calls an organization may make, and how many wrong tokens an address may send, counted
/// in buckets that all nodes share.
@NullMarked
@ApplicationModule(allowedDependencies = {"api", "failure"})
package dev.darkroom.ratelimit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
