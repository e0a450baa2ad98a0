package dev.darkroom.webhook;

import dev.darkroom.api.Caller;
import dev.darkroom.dataset.Datasets;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/tailored-gen", produces = MediaType.APPLICATION_JSON_VALUE)
class WebhookController {

  private final Datasets datasets;
  private final DeliveryReports reports;
  private final Redelivery redelivery;

  WebhookController(Datasets datasets, DeliveryReports reports, Redelivery redelivery) {
    this.datasets = datasets;
    this.reports = reports;
    this.redelivery = redelivery;
  }

  @GetMapping("/datasets/{dataset_id}/images/bulk-upload/webhooks")
  List<DeliveryReport> list(Caller caller, @PathVariable("dataset_id") long datasetId) {
    var _ = datasets.get(caller, datasetId);
    return reports.ofDataset(datasetId);
  }

  @PostMapping("/webhooks/{id}/redeliver")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Begun redeliver(Caller caller, @PathVariable("id") long deliveryId) {
    return new Begun(redelivery.begin(caller, deliveryId), DeliveryState.PENDING);
  }

  /// The delivery that was begun.
  record Begun(long id, DeliveryState state) {}
}
