package dev.darkroom.api;

import dev.darkroom.failure.FailureException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Lets in so many megabytes of requests with a [LargeBody] at a time, because each holds its body
/// on the heap or on the disk until it is answered. The others wait a little before their bodies
/// are read. A body that does not tell its length counts as the largest.
@Configuration(proxyBeanMethods = false)
class LargeBodyPlaces implements WebMvcConfigurer, HandlerInterceptor {

  private static final int BYTES_OF_A_PLACE = 1 << 20;
  private static final int MOST_PLACES = BodyLimit.MAX_LARGE_BYTES / BYTES_OF_A_PLACE;
  private static final int PATIENCE_SECONDS = 3;

  /// Two of the largest bodies.
  private final Semaphore free = new Semaphore(2 * MOST_PLACES, true);

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws InterruptedException {
    if (takesLargeBody(handler)
        && !free.tryAcquire(places(request), PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new FailureException(ApiFailure.Plain.BUSY);
    }
    return true;
  }

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception exception) {
    if (takesLargeBody(handler)) free.release(places(request));
  }

  /// The same before and after: the length that the request declares.
  private static int places(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return length < 0 ? MOST_PLACES : (int) Math.min(MOST_PLACES, length / BYTES_OF_A_PLACE + 1);
  }

  private static boolean takesLargeBody(Object handler) {
    return handler instanceof HandlerMethod method && method.hasMethodAnnotation(LargeBody.class);
  }
}
