/// Turns a Keras model, as an npm package ships it, into an ONNX model: reads the bundles as data,
/// checks that each layer is one that it knows, and writes the graph. Bytes in, bytes out; no I/O.
@NullMarked
@ApplicationModule(allowedDependencies = {})
package dev.darkroom.onnx;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
