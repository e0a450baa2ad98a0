package dev.darkroom.decoder;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The libvips library in this process, set up once: one worker thread, no cache of operations, and
/// no loader but those of JPEG, PNG and WebP. Its errors and warnings are of the whole process, so
/// one image is worked on at a time.
@SuppressWarnings("restricted")
final class Vips {

  private static final int OLDEST_MAJOR = 8;
  private static final int OLDEST_MINOR = 14;
  private static final int G_LOG_LEVEL_CRITICAL = 1 << 3;
  private static final int G_LOG_LEVEL_WARNING = 1 << 4;

  /// Longer than any message of libvips that matters.
  private static final int MAX_TEXT = 4096;

  /// Shared by all that load the library in this process, as the library's own state is.
  private static final ConcurrentLinkedQueue<String> WARNINGS = new ConcurrentLinkedQueue<>();

  private final String path;
  private final SymbolLookup symbols;
  private final int major;
  private final int minor;
  private final int micro;
  private final MethodHandle errorBuffer;
  private final MethodHandle errorClear;
  private final MethodHandle unref;
  private final MethodHandle free;

  private Vips(String path, SymbolLookup symbols) throws VipsUnavailableException {
    this.path = path;
    this.symbols = symbols;
    MethodHandle version = function("vips_version", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    this.major = call(() -> (int) version.invokeExact(0));
    this.minor = call(() -> (int) version.invokeExact(1));
    this.micro = call(() -> (int) version.invokeExact(2));
    if (!isAtLeast(OLDEST_MAJOR, OLDEST_MINOR)) {
      throw new VipsUnavailableException(
          "%s is libvips %s; %d.%d or newer is needed"
              .formatted(path, version(), OLDEST_MAJOR, OLDEST_MINOR));
    }
    this.errorBuffer = function("vips_error_buffer", FunctionDescriptor.of(ADDRESS));
    this.errorClear = function("vips_error_clear", FunctionDescriptor.ofVoid());
    this.unref = function("g_object_unref", FunctionDescriptor.ofVoid(ADDRESS));
    this.free = function("g_free", FunctionDescriptor.ofVoid(ADDRESS));
  }

  /// Loads the first libvips of `location` that is to be had, and sets it up.
  static Vips load(VipsLocation location) throws VipsUnavailableException {
    List<String> tried = new ArrayList<>();
    for (String candidate : location.candidates()) {
      try {
        var vips = new Vips(candidate, SymbolLookup.libraryLookup(candidate, Arena.global()));
        vips.setUp();
        return vips;
      } catch (IllegalArgumentException | VipsUnavailableException e) {
        tried.add(e.getMessage());
      }
    }
    throw new VipsUnavailableException("libvips cannot be used: " + String.join("; ", tried));
  }

  private void setUp() throws VipsUnavailableException {
    MethodHandle init = function("vips_init", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    MemorySegment name = text("darkroom");
    if (call(() -> (int) init.invokeExact(name)) != 0) {
      throw new VipsUnavailableException("%s: %s".formatted(path, takeError()));
    }
    set("vips_concurrency_set", 1);
    set("vips_cache_set_max", 0);
    set("vips_block_untrusted_set", 1);
    block("VipsForeignLoad", true);
    for (String format : List.of("Jpeg", "Png", "Webp")) block("VipsForeignLoad" + format, false);
    listen();
  }

  private void set(String function, int value) {
    MethodHandle setter = function(function, FunctionDescriptor.ofVoid(JAVA_INT));
    run(() -> {
      setter.invokeExact(value);
    });
  }

  private void block(String operations, boolean blocked) {
    MethodHandle setter =
        function("vips_operation_block_set", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
    MemorySegment name = text(operations);
    run(() -> {
      setter.invokeExact(name, blocked ? 1 : 0);
    });
  }

  private void listen() {
    LogFunction listener = (_, _, message, _) -> WARNINGS.add(string(message));
    MethodHandle handle;
    try {
      handle =
          MethodHandles.lookup()
              .findVirtual(LogFunction.class, "log", LogFunction.TYPE)
              .bindTo(listener);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("log", e);
    }
    MemorySegment stub =
        Linker.nativeLinker()
            .upcallStub(
                handle,
                FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, ADDRESS, ADDRESS),
                Arena.global());
    MethodHandle setter =
        function(
            "g_log_set_handler",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
    MemorySegment domain = text("VIPS");
    int levels = G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL;
    int _ = call(() -> (int) setter.invokeExact(domain, levels, stub, MemorySegment.NULL));
  }

  /// GLogFunc, called on whichever thread warns.
  interface LogFunction {
    MethodType TYPE =
        MethodType.methodType(
            void.class, MemorySegment.class, int.class, MemorySegment.class, MemorySegment.class);

    void log(MemorySegment domain, int level, MemorySegment message, MemorySegment user);
  }

  String path() {
    return path;
  }

  String version() {
    return major + "." + minor + "." + micro;
  }

  boolean isAtLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || (major == otherMajor && minor >= otherMinor);
  }

  /// A C function, which must exist.
  MethodHandle function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
    MemorySegment address =
        symbols.find(name).orElseThrow(() -> new UnsatisfiedLinkError(path + " lacks " + name));
    return Linker.nativeLinker().downcallHandle(address, descriptor, options);
  }

  /// A C function that takes variable arguments after the first `fixed`, and gives a status.
  MethodHandle variadic(String name, int fixed, MemoryLayout... arguments) {
    return function(
        name, FunctionDescriptor.of(JAVA_INT, arguments), Linker.Option.firstVariadicArg(fixed));
  }

  /// A C string that is never freed: for names of options, made once.
  static MemorySegment text(String text) {
    return Arena.global().allocateFrom(text);
  }

  static String string(MemorySegment address) {
    return address.equals(MemorySegment.NULL) ? "" : address.reinterpret(MAX_TEXT).getString(0);
  }

  /// What went wrong, and forgets it.
  String takeError() {
    MemorySegment text = call(() -> (MemorySegment) errorBuffer.invokeExact());
    String error = string(text).strip();
    run(() -> {
      errorClear.invokeExact();
    });
    return error;
  }

  /// The warnings since the last call, and forgets them.
  List<String> takeWarnings() {
    List<String> taken = new ArrayList<>();
    for (String next = WARNINGS.poll(); next != null; next = WARNINGS.poll()) taken.add(next);
    return taken;
  }

  void unref(MemorySegment object) {
    run(() -> {
      unref.invokeExact(object);
    });
  }

  void free(MemorySegment memory) {
    run(() -> {
      free.invokeExact(memory);
    });
  }

  /// A call of C that gives a value.
  interface Call<T> {
    T run() throws Throwable;
  }

  /// A call of C that gives none.
  interface VoidCall {
    void run() throws Throwable;
  }

  static <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static void run(VoidCall call) {
    Object _ =
        call(() -> {
          call.run();
          return "";
        });
  }
}
