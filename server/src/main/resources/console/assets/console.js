// What every page of the console does: forms that speak to the API, dialogs, downloads, messages.

import {parsed, request, Refused} from './api.js';

/** Shows a sentence for a while, and has it read out. */
export function tell(text) {
  const messages = placeMessages();
  for (const line of messages.querySelectorAll('p')) if (line.textContent === text) line.remove();
  const line = document.createElement('p');
  line.textContent = text;
  messages.append(line);
  setTimeout(() => line.remove(), 8000);
}

/** Over the modal dialog that is open, if any: what is behind it is neither seen nor read out. */
function placeMessages() {
  const messages = document.getElementById('messages');
  const place = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
  if (messages.parentElement !== place) place.append(messages);
  return messages;
}

// Neither event bubbles; not every browser tells of a dialog that opens.
for (const moved of ['toggle', 'close']) document.addEventListener(moved, placeMessages, {capture: true});

/** What a form holds, as the API's JSON: what is left empty is left out. */
export function fields(form) {
  const body = {};
  for (const field of form.elements) {
    if (!field.name || field.disabled) continue;
    if (field.type === 'checkbox') body[field.name] = field.checked;
    else if (field.type === 'radio' && !field.checked) continue;
    else if (field.value !== '') body[field.name] = field.dataset.type === 'number' ? Number(field.value) : field.value;
  }
  return body;
}

/** Shows in the form what is wrong, with what the API says to do about it; nothing where `failure` is null. */
export function showProblem(form, failure) {
  const place = form.querySelector('.problem');
  place.hidden = failure === null;
  place.textContent = failure === null ? '' : failure.message;
  if (failure instanceof Refused && failure.details) {
    const details = document.createElement('small');
    details.textContent = failure.details;
    place.append(details);
  }
}

/**
 * Sends a form to the API as `data-api` and its action say. Gives the answer, null where it has no body, or undefined where it
 * was refused, which the form then shows.
 */
export async function send(form) {
  const button = form.querySelector('button:not([type="button"])');
  button.disabled = true;
  showProblem(form, null);
  try {
    const method = form.dataset.api;
    return await request(method, form.getAttribute('action'), method === 'DELETE' ? undefined : fields(form));
  } catch (failure) {
    showProblem(form, failure);
    return undefined;
  } finally {
    button.disabled = false;
  }
}

/** Goes where `data-then` says: a path, in which `{id}` is what the answer tells, or once more to this page. */
function goOn(form, answer) {
  const then = form.dataset.then;
  if (then === 'reload') location.reload();
  else if (then) location.assign(then.replace('{id}', answer?.id));
  form.dispatchEvent(new CustomEvent('api:done', {bubbles: true, detail: answer}));
}

document.addEventListener('submit', async event => {
  const form = event.target;
  if (!form.dataset.api) return;
  event.preventDefault();
  const answer = await send(form);
  if (answer !== undefined) goOn(form, answer);
});

document.addEventListener('click', async event => {
  const opens = event.target.closest('[data-opens]');
  if (opens) document.getElementById(opens.dataset.opens).showModal();
  if (event.target.closest('[data-closes]')) event.target.closest('dialog').close();
  const download = event.target.closest('a[data-download]');
  if (download) {
    event.preventDefault();
    try {
      location.assign((await request('GET', download.getAttribute('href'))).download_url);
    } catch (failure) {
      tell(failure.message);
    }
  }
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target) || event.target.closest('.items')) menu.open = false;
  }
});

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

document.addEventListener('htmx:responseError', event => {
  const {status, responseText} = event.detail.xhr;
  if (status === 401) location.reload();
  else tell(new Refused(status, parsed(responseText)).message);
});
document.addEventListener('htmx:sendError', () => tell('The server cannot be reached. Is the network there?'));
