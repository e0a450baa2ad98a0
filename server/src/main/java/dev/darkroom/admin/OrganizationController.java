package dev.darkroom.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.darkroom.account.Organization;
import dev.darkroom.account.Organizations;
import dev.darkroom.admin.OrganizationChange.WantedStatus;
import dev.darkroom.api.Caller;
import dev.darkroom.api.Identified;
import dev.darkroom.failure.FailureException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/admin/organizations", produces = MediaType.APPLICATION_JSON_VALUE)
class OrganizationController {

  private final Organizations organizations;
  private final LockOutGuard guard;

  OrganizationController(Organizations organizations, LockOutGuard guard) {
    this.organizations = organizations;
    this.guard = guard;
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Transactional
  Made create(Caller caller, @RequestBody NewOrganization.Given given) {
    var wanted = given.checked();
    caller.requireAdmin();
    long id = organizations.create(wanted.name()).id();
    organizations.setQuota(id, wanted.quota());
    return new Made(organizations.get(id));
  }

  @GetMapping
  List<Organization> list(Caller caller) {
    caller.requireAdmin();
    return organizations.list();
  }

  @GetMapping("/{organization_id}")
  Organization get(Caller caller, @PathVariable("organization_id") long organizationId) {
    caller.requireAdmin();
    return organizations.get(organizationId);
  }

  @PutMapping("/{organization_id}")
  Organization update(
      Caller caller,
      @PathVariable("organization_id") long organizationId,
      @RequestBody OrganizationChange.Given given) {
    var change = given.checked();
    caller.requireAdmin();
    if (change.status() == WantedStatus.SUSPENDED) requireOther(caller, organizationId);
    guard.make(() -> make(change, organizationId));
    return organizations.get(organizationId);
  }

  private void make(OrganizationChange change, long id) {
    switch (change.status()) {
      case null -> {}
      case ACTIVE -> organizations.resume(id);
      case SUSPENDED -> organizations.suspend(id);
    }
    if (change.quota() != null) organizations.setQuota(id, change.quota());
  }

  @DeleteMapping("/{organization_id}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Organization purge(Caller caller, @PathVariable("organization_id") long organizationId) {
    caller.requireAdmin();
    requireOther(caller, organizationId);
    guard.make(() -> organizations.beginPurge(organizationId));
    return organizations.get(organizationId);
  }

  private static void requireOther(Caller caller, long organizationId) {
    if (caller.organizationId() == organizationId) {
      throw new FailureException(AdminFailure.OWN_ORGANIZATION);
    }
  }

  record Made(@JsonUnwrapped Organization organization) implements Identified {
    @Override
    public long id() {
      return organization.id();
    }
  }
}
