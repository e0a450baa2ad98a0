// The form that starts an upload: of a ZIP on the web, or of a ZIP or folder on this computer, looked at before it is started
// where that is wanted.

import {request} from './api.js';
import {showProblem} from './console.js';
import {chosen, dropped} from './dropped.js';
import {zipOf} from './folder-zip.js';
import {bytes, count, duration, Pace} from './numbers.js';
import {TusUpload} from './tus.js';

const form = document.getElementById('upload-form');
const url = form.elements.zip_url;
const drop = document.getElementById('drop');
const transfer = document.getElementById('transfer');
const forecast = document.getElementById('forecast');

/** What was given from this computer: `{blob, name, fingerprint}`; null for nothing. */
let local = null;

/** The upload of it to the server. */
let tus = null;

/** Its id there, when it is through. */
let staged = null;

for (const kind of ['dragenter', 'dragover']) {
  document.addEventListener(kind, event => {
    event.preventDefault();
    drop.classList.add('over');
  });
}
document.addEventListener('dragleave', event => {
  if (event.relatedTarget === null) drop.classList.remove('over');
});
document.addEventListener('drop', async event => {
  event.preventDefault();
  drop.classList.remove('over');
  await take(dropped(event.dataTransfer));
});
for (const input of drop.querySelectorAll('input[type="file"]')) {
  input.addEventListener('change', () => take(chosen(input.files)));
}
for (const button of drop.querySelectorAll('[data-chooses]')) {
  button.addEventListener('click', () => document.getElementById(button.dataset.chooses).click());
}
document.getElementById('forget').addEventListener('click', forget);
document.getElementById('pause').addEventListener('click', event => {
  const pausing = event.target.textContent === 'Pause';
  event.target.textContent = pausing ? 'Resume' : 'Pause';
  transfer.classList.toggle('paused', pausing);
  if (pausing) {
    tus.pause();
    say('Paused. It goes on from here, also after this page was closed: choose the same file again then.');
  } else {
    tus.resume();
  }
});
form.addEventListener('submit', event => {
  event.preventDefault();
  run(event.submitter?.value === 'check' ? check : start);
});
document.getElementById('start-anyway').addEventListener('click', () => run(start));
url.addEventListener('input', () => (forecast.hidden = true));

/** Takes what a person gives, and reads a folder into a ZIP. */
async function take(given) {
  showProblem(form, null);
  try {
    const found = await given;
    if (found === null) return;
    forget();
    local = found.file ? zip(found.file) : await folder(found);
    url.required = false;
    drop.hidden = true;
    transfer.hidden = false;
    transfer.querySelector('.name').textContent = local.name;
    show({sent: 0, total: local.blob.size});
    say('Ready.');
  } catch (failure) {
    forget();
    showProblem(form, failure);
  }
}

function zip(file) {
  return {blob: file, name: file.name, fingerprint: `${file.name}:${file.size}:${file.lastModified}`};
}

async function folder({name, files}) {
  drop.hidden = true;
  transfer.hidden = false;
  transfer.querySelector('.name').textContent = name;
  say(`Reading ${count(files.length)} files…`);
  const made = await zipOf(files, (read, total) => show({sent: read, total}));
  return {...made, name: `${name}.zip`};
}

/** Back to nothing given. */
function forget() {
  tus?.pause();
  local = tus = staged = null;
  url.required = true;
  drop.hidden = false;
  transfer.hidden = true;
  forecast.hidden = true;
}

/** Does one thing at a time, and shows what goes wrong with it. */
async function run(action) {
  const buttons = form.querySelectorAll('button[name="action"], #start-anyway');
  for (const button of buttons) button.disabled = true;
  showProblem(form, null);
  try {
    await action(await body());
  } catch (failure) {
    showProblem(form, failure);
  } finally {
    for (const button of buttons) button.disabled = false;
    document.getElementById('pause').hidden = true;
  }
}

/** What the API is to be asked for. What is on this computer is on the server by then. */
async function body() {
  const options = {content_moderation: form.elements.content_moderation.checked};
  if (form.elements.automatic_captioning) options.automatic_captioning = form.elements.automatic_captioning.checked;
  options.deduplicate = form.elements.deduplicate.checked ? 'exact' : 'none';
  return local === null ? {...options, zip_url: url.value} : {...options, upload_id: await sent()};
}

async function sent() {
  if (staged !== null) return staged;
  const pace = new Pace();
  tus = new TusUpload(local.blob, local.name, local.fingerprint, progress => {
    show(progress);
    const rate = pace.mark(progress.sent);
    const left = rate > 0 ? `, ${duration((progress.total - progress.sent) / rate)} left` : '';
    say(progress.trouble ?? `${bytes(progress.sent)} of ${bytes(progress.total)}${rate > 0 ? `, ${bytes(rate)}/s` : ''}${left}`);
  });
  const pause = document.getElementById('pause');
  pause.textContent = 'Pause';
  pause.hidden = false;
  staged = await tus.run();
  pause.hidden = true;
  say(`${bytes(local.blob.size)} are on the server.`);
  return staged;
}

async function start(asked) {
  await request('POST', form.dataset.upload, asked);
  tus?.forget();
  location.reload();
}

/** Asks what the upload would come to, which uses nothing up. */
async function check(asked) {
  await request('POST', `${form.dataset.upload}/preflight`, asked);
  forecast.hidden = false;
  showForecast(null);
  for (;;) {
    const status = await request('GET', `${form.dataset.upload}/preflight/status`);
    showForecast(status);
    if (status.status === 'completed' || status.status === 'failed') return;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

function showForecast(status) {
  const headline = forecast.querySelector('h3');
  const list = forecast.querySelector('ul');
  const startButton = document.getElementById('start-anyway');
  const over = status?.status === 'completed';
  startButton.hidden = !over || status.done + status.undetermined === 0;
  list.replaceChildren();
  if (status === null || (!over && status.status !== 'failed')) {
    headline.textContent = `Looking at the ZIP… ${status?.progress_percentage ?? 0} %`;
    return;
  }
  if (status.error) {
    headline.textContent = `An upload of this ZIP would fail: ${status.error.message}`;
    return;
  }
  const groups = groupsOf(status.failed_images);
  const parts = [`${count(status.done)} good`];
  if (status.undetermined > 0) parts.push(`${count(status.undetermined)} not to be told yet`);
  for (const [type, images] of groups) parts.push(`${count(images.length)} ${words(type)}`);
  headline.textContent = `This ZIP: ${parts.join(', ')}. Start?`;
  for (const [, images] of groups) list.append(...images.slice(0, 5).map(line), ...rest(images.length - 5));
}

/** By type, the most first. */
function groupsOf(failed) {
  return [...Map.groupBy(failed, image => image.type)].sort(([, a], [, b]) => b.length - a.length);
}

/** `image.too-small` is `too small`. */
function words(type) {
  return type.slice(type.indexOf('.') + 1).replaceAll('-', ' ');
}

function line(image) {
  const item = document.createElement('li');
  const name = document.createElement('b');
  name.textContent = image.filename;
  item.append(name, ` ${image.error_message}`);
  return item;
}

function rest(more) {
  if (more <= 0) return [];
  const item = document.createElement('li');
  item.textContent = `and ${count(more)} more of this kind`;
  return [item];
}

function show({sent: done, total}) {
  const bar = transfer.querySelector('progress');
  bar.max = Math.max(1, total);
  bar.value = done;
}

function say(text) {
  transfer.querySelector('.said').textContent = text;
}
