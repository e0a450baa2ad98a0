// The lightbox: one image over the page, at an address of its own. Back closes it.

import {showProblem, tell} from './console.js';
import {editCaption} from './caption.js';
import {fragment} from './fragments.js';
import {count} from './numbers.js';

const dialog = document.getElementById('lightbox');
const IMAGE = /\/images\/\d+$/;

let view = null;
let asked = 0;
/** Whether the address has left the image already, and only the dialog is still to close. */
let left = false;

/** Shows the image of a path such as `/console/datasets/1/images/2?captions=missing`. */
export async function openLightbox(path) {
  const wasOpen = dialog.open;
  if (!(await show(path))) return;
  if (wasOpen) history.replaceState(history.state, '', path);
  else history.pushState({lightbox: true}, '', path);
}

async function show(path) {
  const number = ++asked;
  const [before, query] = path.split('?');
  try {
    const {elements} = await fragment(`${before}/view${query ? `?${query}` : ''}`);
    if (number !== asked) return false; // Another one was asked for meanwhile.
    put(elements[0]);
    return true;
  } catch (failure) {
    tell(failure.message);
    return false;
  }
}

function put(element) {
  const hadFocus = view?.contains(document.activeElement);
  view = element;
  document.getElementById('lightbox-view').replaceChildren(view);
  begin();
  if (!dialog.open) dialog.showModal();
  if (hadFocus) view.querySelector('.side').focus();
}

/** Brings to life what the server has rendered. */
function begin() {
  const {id, name, index, total, previous, next} = view.dataset;
  document.getElementById('lightbox-name').textContent = name;
  document.getElementById('lightbox-place').textContent =
    `${count(Number(index) + 1)} of ${count(Number(total))}`;
  disable(document.getElementById('lightbox-previous'), previous === undefined);
  disable(document.getElementById('lightbox-next'), next === undefined);
  const full = view.querySelector('.full');
  const loaded = () => full.closest('.stage').classList.add('loaded');
  if (full.complete && full.naturalWidth > 0) loaded();
  full.addEventListener('load', loaded);
  view.querySelector('.delete')?.addEventListener('click', askToDelete);
  editCaption(view, {
    reload: async () => (await fragment(`${path(id)}/view${location.search}`)).elements[0],
    changed: () => announce('change'),
  });
  announce('show');
}

/** Not by `disabled`, which would take the focus away from whoever steps to the end. */
function disable(button, disabled) {
  button.ariaDisabled = String(disabled);
}

function announce(what) {
  document.dispatchEvent(
    new CustomEvent(`lightbox:${what}`, {detail: {id: view.dataset.id, index: Number(view.dataset.index)}}));
}

/** The image's page. */
function path(id) {
  return `${images()}/${id}`;
}

/** Where the images of the dataset are, whatever page the lightbox is over. */
function images() {
  return view.dataset.page.replace(/\/\d+$/, '');
}

function step(to) {
  const id = view.dataset[to];
  if (id !== undefined) openLightbox(path(id) + location.search);
}

function askToDelete() {
  const confirm = document.getElementById('delete-image');
  document.getElementById('delete-image-name').textContent = view.dataset.name;
  showProblem(confirm, null);
  confirm.querySelector('form').setAttribute('action', view.dataset.apiPath);
  confirm.showModal();
}

/** Goes on with the next image, or with the one before. */
async function deleted() {
  document.getElementById('delete-image').close();
  const {next, previous, id, name} = view.dataset;
  document.dispatchEvent(new CustomEvent('lightbox:delete', {detail: {id}}));
  tell(`${name} is deleted.`);
  const neighbour = next ?? previous;
  if (neighbour === undefined) location.assign(dialog.dataset.home);
  else await openLightbox(path(neighbour) + location.search);
}

/** Whether arrow keys mean the text that is edited, rather than the images. */
function isText(element) {
  return element.matches('input, textarea, select');
}

if (dialog) {
  dialog.addEventListener('keydown', event => {
    if (event.target.closest('dialog') !== dialog || isText(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowLeft') step('previous');
    if (event.key === 'ArrowRight') step('next');
  });
  document.getElementById('lightbox-previous').addEventListener('click', () => step('previous'));
  document.getElementById('lightbox-next').addEventListener('click', () => step('next'));
  dialog.addEventListener('close', () => {
    asked++;
    // A dialog tells a while after it has closed; one may have gone forward again by then.
    const goBack = !left && IMAGE.test(location.pathname);
    left = false;
    if (goBack) {
      if (history.state?.lightbox) history.back();
      else history.replaceState(null, '', dialog.dataset.home);
    }
    announce('close');
  });
  document.addEventListener('api:done', event => {
    if (event.target.closest('#delete-image')) deleted();
  });
  addEventListener('popstate', () => {
    if (IMAGE.test(location.pathname)) show(location.pathname + location.search);
    else if (dialog.open) {
      left = true;
      dialog.close();
    }
  });
  if (dialog.dataset.opened === 'true') {
    view = dialog.querySelector('.view');
    dialog.showModal();
    // By then the page's own script is there to hear of it.
    addEventListener('DOMContentLoaded', begin);
  }
}
