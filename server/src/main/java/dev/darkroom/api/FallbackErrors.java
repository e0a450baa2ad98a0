package dev.darkroom.api;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.SocketTimeoutException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers for requests that failed before or beside any controller. One whose body stays away is
/// given up by Tomcat, whatever the controller makes of that.
@RestController
class FallbackErrors implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  ResponseEntity<ErrorBody> answer(HttpServletRequest request) {
    var status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    boolean silent =
        request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof SocketTimeoutException;
    return FailureResponses.answer(
        RequestFailures.ofStatus(silent ? 408 : status), request, HttpHeaders.EMPTY);
  }
}
