/// Pictures and archives made by code, for the demo, the benchmarks and the tests.
@NullMarked
package dev.darkroom.samples;

import org.jspecify.annotations.NullMarked;
