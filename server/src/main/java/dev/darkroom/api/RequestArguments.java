package dev.darkroom.api;

import dev.darkroom.failure.FailureException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// What controllers can take as arguments: the [Caller] and the [RequestId].
@Configuration(proxyBeanMethods = false)
class RequestArguments implements WebMvcConfigurer {

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new FromFilters());
  }

  /// What the filters have found out about the request.
  private static final class FromFilters implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Caller.class
          || parameter.getParameterType() == RequestId.class;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binders) {
      var found =
          request.getAttribute(
              parameter.getParameterType().getName(), RequestAttributes.SCOPE_REQUEST);
      if (found == null) {
        throw new FailureException(ApiFailure.Plain.TOKEN_MISSING);
      }
      return found;
    }
  }
}
