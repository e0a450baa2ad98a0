// The form that starts an upload: of a ZIP on the web, or of what is given from this computer, looked at before it is started
// where that is wanted.

import {request} from './api.js';
import {showProblem} from './console.js';
import {showForecast} from './forecast.js';
import {LocalUpload} from './local-upload.js';
import {Stopped} from './tus.js';

/** What says that the server has not, or has no more, what was sent to it. */
const LOST = new Set(['staged-upload.already-used', 'staged-upload.expired', 'staged-upload.not-found']);

const form = document.getElementById('upload-form');
const url = form.elements.zip_url;
const forecast = document.getElementById('forecast');

const local = new LocalUpload({
  changed: isThere => {
    showProblem(form, null);
    url.required = !isThere;
    forecast.hidden = true;
  },
  refused: failure => showProblem(form, failure),
});

form.addEventListener('submit', event => {
  event.preventDefault();
  run(event.submitter?.value === 'check' ? check : start);
});
document.getElementById('start-anyway').addEventListener('click', () => run(start));
url.addEventListener('input', () => (forecast.hidden = true));
addEventListener('beforeunload', event => {
  if (local.isBusy) event.preventDefault();
});

/** Does one thing at a time, and shows what goes wrong with it. */
async function run(action) {
  const buttons = form.querySelectorAll('button[name="action"], #start-anyway');
  for (const button of buttons) button.disabled = true;
  showProblem(form, null);
  try {
    await action(await body());
  } catch (failure) {
    if (LOST.has(failure.type)) local.forgetUpload();
    if (!(failure instanceof Stopped)) showProblem(form, failure);
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

/** What the API is to be asked for. What is on this computer is on the server by then. */
async function body() {
  const options = {content_moderation: form.elements.content_moderation.checked};
  if (form.elements.automatic_captioning) options.automatic_captioning = form.elements.automatic_captioning.checked;
  options.deduplicate = form.elements.deduplicate.checked ? 'exact' : 'none';
  return local.isThere ? {...options, upload_id: await local.sent()} : {...options, zip_url: url.value};
}

async function start(asked) {
  await request('POST', form.dataset.upload, asked);
  local.forgetUpload();
  location.reload();
}

/** Asks what the upload would come to, which uses nothing up, until that is told or something else is given. */
async function check(asked) {
  await request('POST', `${form.dataset.upload}/preflight`, asked);
  forecast.hidden = false;
  for (let status = null; !forecast.hidden; ) {
    showForecast(forecast, status);
    if (status?.status === 'completed' || status?.status === 'failed') return;
    await new Promise(resolve => setTimeout(resolve, 500));
    status = await request('GET', `${form.dataset.upload}/preflight/status`);
  }
}
