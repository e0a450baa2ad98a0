package dev.darkroom.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers for requests that failed before or beside any controller.
@RestController
class FallbackErrors implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  ResponseEntity<ErrorBody> answer(HttpServletRequest request) {
    var status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    return FailureResponses.answer(RequestFailures.ofStatus(status), request, HttpHeaders.EMPTY);
  }
}
