// The contact sheet: which images are shown, how large, and which are chosen.

import {Chosen} from './chosen.js';
import {fragment} from './fragments.js';
import {Grid} from './grid.js';
import {openLightbox} from './lightbox.js';
import {count as inWords} from './numbers.js';
import {tell} from './console.js';

const list = document.getElementById('sheet');
if (list) begin(list);

function begin(list) {
  const chosen = new Chosen(list.dataset.dataset);
  const grid = new Grid(list, {
    total: Number(list.dataset.total),
    pieceSize: Number(list.dataset.piece),
    load: (offset, count) => cells(list, offset, count),
    prepare: cell => chosen.mark(cell),
    counted: total => found(list, total),
  });
  if (list.dataset.at > 0) grid.moveTo(Number(list.dataset.at), {focus: false});

  list.addEventListener('click', event => {
    const link = event.target.closest('a');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openLightbox(link.getAttribute('href'));
  });
  list.addEventListener('keydown', event => {
    if (event.key !== ' ' || event.target === list) return;
    event.preventDefault();
    const pick = event.target.closest('.cell').querySelector('.pick');
    pick.checked = !pick.checked;
    chosen.take(pick);
  });
  list.addEventListener('change', event => chosen.take(event.target));
  chosen.onNone(() => grid.shown.forEach(cell => chosen.mark(cell)));

  document.addEventListener('lightbox:show', event => grid.moveTo(event.detail.index, {focus: false}));
  document.addEventListener('lightbox:close', event => grid.moveTo(event.detail.index));
  document.addEventListener('lightbox:change', changed);
  document.addEventListener('lightbox:delete', event => {
    chosen.drop(event.detail.id);
    changed();
  });
  followChanges(grid);
  resizing(list);
  searching(list, grid);
}

async function cells(list, offset, count) {
  const query = new URLSearchParams(list.dataset.query);
  query.set('offset', offset);
  query.set('count', count);
  try {
    const {elements, headers} = await fragment(`${list.dataset.base}/cells?${query}`);
    return {total: Number(headers.get('X-Total-Count')), cells: elements};
  } catch (failure) {
    tell(failure.message);
    throw failure;
  }
}

/** An image or its caption has changed from here: the page asks for all that follows from it. */
function changed() {
  htmx.trigger('#caption-progress', 'images:changed');
}

/** The cells follow what the page learns: after a change from here, and while captions are written. */
function followChanges(grid) {
  document.addEventListener('htmx:afterSwap', event => {
    if (event.detail.target?.id === 'caption-progress') grid.refresh();
  });
}

function resizing(list) {
  for (const size of document.querySelectorAll('.sizes input')) {
    size.addEventListener('change', () => {
      list.dataset.size = size.value;
      document.cookie = `darkroom-cells=${size.value}; path=/; max-age=31536000; samesite=lax`;
    });
  }
}

/** Searches as one types; the address says what is searched for, so that it can be kept and linked. */
function searching(list, grid) {
  const field = document.getElementById('search');
  let timer;
  field.form.addEventListener('submit', event => event.preventDefault());
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const query = new URLSearchParams(list.dataset.query);
      query.delete('search');
      if (field.value.trim() !== '') query.set('search', field.value.trim());
      list.dataset.query = query.size > 0 ? `?${query}` : '';
      history.replaceState(history.state, '', list.dataset.base + list.dataset.query);
      document.getElementById('lightbox').dataset.home = location.pathname + location.search;
      keepSearch(query.get('search'));
      await grid.replace().catch(() => {}); // It is told, and what is typed next asks again.
    }, 200);
  });
}

function keepSearch(search) {
  for (const chip of document.querySelectorAll('.chips a')) {
    const url = new URL(chip.href);
    if (search) url.searchParams.set('search', search);
    else url.searchParams.delete('search');
    chip.href = url.href;
  }
}

function found(list, total) {
  const line = document.getElementById('sheet-count');
  line.hidden = list.dataset.query === '';
  line.textContent = `${inWords(total)} of ${document.getElementById('count-all').textContent} images`;
  document.getElementById('nothing-found').hidden = total > 0;
}
