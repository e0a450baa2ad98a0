/// Takes ZIPs from those who have them nowhere on the web: in pieces, over connections that break,
/// on whatever node (tus 1.0), and hands each out once, to be read as any other archive is.
@NullMarked
@ApplicationModule(
    allowedDependencies = {"api", "archive", "failure", "job", "limit", "quota", "storage"})
package dev.darkroom.stagedupload;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
