// Duplicates: one of a group is kept, or one is deleted.

import {request} from './api.js';
import {busily} from './busy.js';
import {showProblem, tell} from './console.js';
import {openLightbox} from './lightbox.js';

const list = document.getElementById('duplicates');
const confirm = document.getElementById('thin-out');
let doomed = [];

list.addEventListener('click', event => {
  const link = event.target.closest('a.opens');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openLightbox(link.getAttribute('href'));
  }
  const image = event.target.closest('.pairs > li');
  if (event.target.closest('.remove')) ask([image.dataset.id], `${image.dataset.name} leaves the dataset.`);
  if (event.target.closest('.keep')) {
    const others = image.closest('.alike').dataset.ids.split(',').filter(id => id !== image.dataset.id);
    const count = others.length === 1 ? 'The other image' : `The other ${others.length} images`;
    ask(others, `${image.dataset.name} is kept. ${count} of its group leave${others.length === 1 ? 's' : ''} the dataset.`);
  }
});

function ask(ids, text) {
  doomed = ids;
  document.getElementById('thin-out-text').textContent = `${text} This cannot be undone.`;
  showProblem(confirm, null);
  confirm.showModal();
}

confirm?.addEventListener('submit', event => {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector('button:not([type])');
  busily(form, button, 'Deleting…', () => remove([...doomed], button));
});

/** Stops where the question is closed meanwhile; what is deleted by then stays deleted. */
async function remove(ids, button) {
  const closed = new AbortController();
  confirm.addEventListener('close', () => closed.abort(), {once: true});
  let deleted = 0;
  try {
    for (; deleted < ids.length && !closed.signal.aborted; deleted++) {
      if (ids.length > 1) button.textContent = `Deleting… ${ids.length - deleted} to go`;
      await removeOne(ids[deleted]);
    }
    if (!closed.signal.aborted) confirm.close();
  } finally {
    if (deleted > 0) {
      tell(deleted === 1 ? 'The image is deleted.' : `${deleted} images are deleted.`);
      await refresh();
    }
  }
}

/** One that is gone already is as it was to be. */
async function removeOne(id) {
  try {
    await request('DELETE', `${confirm.dataset.images}/${id}`);
  } catch (failure) {
    if (failure.status !== 404) throw failure;
  }
}

document.addEventListener('lightbox:delete', refresh);

async function refresh() {
  await htmx.ajax('GET', list.dataset.home, {target: '#duplicates', select: '#duplicates > *', swap: 'innerHTML'});
  list.focus({preventScroll: true});
}
