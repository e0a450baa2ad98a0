package dev.darkroom.api;

import java.beans.PropertyEditorSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/// Reads numbers in paths and queries as decimal digits. Left alone, Spring takes hexadecimal
/// numbers and spaces, too, and so two spellings of one path.
@ControllerAdvice
class DecimalNumbers {

  @InitBinder
  void register(WebDataBinder binder) {
    binder.registerCustomEditor(long.class, new Decimal(Long::valueOf));
    binder.registerCustomEditor(int.class, new Decimal(Integer::valueOf));
  }

  private static final class Decimal extends PropertyEditorSupport {

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,19}");

    private final Function<String, Number> parser;

    Decimal(Function<String, Number> parser) {
      this.parser = parser;
    }

    @Override
    public void setAsText(String text) {
      if (!DIGITS.matcher(text).matches()) {
        throw new NumberFormatException("not a decimal number");
      }
      setValue(parser.apply(text));
    }
  }
}
