package dev.darkroom.api;

import dev.darkroom.failure.FailureException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// What controllers can take as arguments: the [Caller], the [RequestId], and numbers that are
/// written as numbers.
@Configuration(proxyBeanMethods = false)
class RequestArguments implements WebMvcConfigurer {

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,19}");

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new FromFilters());
  }

  // Spring's own take hexadecimal numbers, signs and spaces, too.
  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, Long.class, text -> Long.valueOf(decimal(text)));
    registry.addConverter(String.class, Integer.class, text -> Integer.valueOf(decimal(text)));
  }

  private static String decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new NumberFormatException("not a decimal number");
    }
    return text;
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
