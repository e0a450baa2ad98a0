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

/// Lets in so many requests with a [LargeBody] at a time, because each holds its body on the heap
/// until it is answered. The others wait a little before their bodies are read.
@Configuration(proxyBeanMethods = false)
class LargeBodyPlaces implements WebMvcConfigurer, HandlerInterceptor {

  private static final int PLACES = 2;
  private static final int PATIENCE_SECONDS = 3;

  private final Semaphore free = new Semaphore(PLACES, true);

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this);
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws InterruptedException {
    if (takesLargeBody(handler) && !free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
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
    if (takesLargeBody(handler)) free.release();
  }

  private static boolean takesLargeBody(Object handler) {
    return handler instanceof HandlerMethod method && method.hasMethodAnnotation(LargeBody.class);
  }
}
