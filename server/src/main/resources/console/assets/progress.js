// Follows an upload by the API's server-sent events, and shows the page anew when it is over.

import {request} from './api.js';
import {count, duration, Pace} from './numbers.js';

const PHASES = {
  waiting: 'Waiting for its turn',
  reading: 'Reading the archive',
  ingesting: 'Checking and storing images',
  moderating: 'Moderating',
  captioning: 'Writing captions',
  finished: 'Finishing',
};

const panel = document.getElementById('progress');
const pace = {images: new Pace(), captions: new Pace()};

/** Where there is no stream to be had: a proxy without its server, a server without its database, too many who watch. */
const ASK_AFTER = 5000;

follow();

function follow() {
  const events = new EventSource(panel.dataset.events);
  events.addEventListener('status', event => {
    const status = JSON.parse(event.data);
    if (isOver(status)) events.close();
    show(status);
  });
  // The browser comes back by itself, but not to what answers with anything else than a stream.
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(ask, ASK_AFTER);
  });
}

/** Asks once, and then for a stream once more. */
async function ask() {
  try {
    const status = await request('GET', panel.dataset.events);
    show(status);
    if (!isOver(status)) follow();
  } catch (failure) {
    if (failure.status === 404) return location.reload(); // The dataset is gone, which the page then says.
    put('eta', failure.message);
    setTimeout(ask, ASK_AFTER);
  }
}

function isOver(status) {
  return status.status === 'completed' || status.status === 'failed';
}

function show(status) {
  if (isOver(status)) return location.reload();
  const captioning = status.phase === 'captioning';
  const settled = status.captions.done + status.captions.failed;
  const rate = captioning ? pace.captions.mark(settled) : pace.images.mark(status.total_processed);
  panel.querySelector('progress').value = status.progress_percentage;
  put('percent', `${status.progress_percentage} %`);
  put('phase', status.outage ? `Waiting: ${status.outage.message}` : PHASES[status.phase]);
  put('rate', rate === null ? '' : `${rate.toFixed(1)} ${captioning ? 'captions' : 'images'}/s`);
  put('eta', status.eta_seconds === null ? '' : `about ${duration(status.eta_seconds)} left`);
  put('done', count(status.done));
  put('failed', count(status.failed));
  put('to-come', status.total === 0 ? '–' : count(status.total - status.total_processed));
  put('total', status.total === 0 ? '–' : count(status.total));
  put('captions', captioning ? `${count(settled)} of ${count(status.done - status.captions.skipped)} captions` : '');
}

/** Only where it changes, so that nothing is read out again. */
function put(name, text) {
  const place = panel.querySelector(`[data-is="${name}"]`);
  if (place.textContent !== text) place.textContent = text;
}
