// The caption in the lightbox: edited in place, checked as it is typed, written anew.

import {request} from './api.js';
import {busily} from './busy.js';
import {tell} from './console.js';
import {JsonField} from './json-field.js';
import {compact} from './json-text.js';

/** What was typed and not saved, by image: it is there again when one comes back. */
const drafts = new Map();

addEventListener('beforeunload', event => {
  if (drafts.size > 0) event.preventDefault();
});

/**
 * @param reload gives the image's view as it is on the server now
 * @param changed is told when the caption has changed there
 */
export function editCaption(view, {reload, changed}) {
  const form = view.querySelector('form.edit');
  if (!form) return;
  const {id, apiPath} = view.dataset;
  const isJson = form.dataset.json === 'true';
  const field = new JsonField(form.elements.caption, {isJson});
  field.typed = () => {
    if (field.isChanged) drafts.set(id, field.value);
    else drafts.delete(id);
  };
  if (drafts.has(id)) field.value = drafts.get(id);

  const put = async body => {
    const sent = field.value;
    await request('PUT', apiPath, body);
    const fresh = await reload();
    for (const part of ['.source', '.departures']) view.querySelector(part).replaceWith(fresh.querySelector(part));
    const settled = fresh.querySelector('textarea').defaultValue;
    field.settle(settled);
    // What was typed since is left alone.
    field.value = field.value === sent ? settled : field.value;
    tell('The caption is saved.');
    changed();
  };

  form.addEventListener('submit', event => {
    event.preventDefault();
    if (!field.isChanged) tell('There is no change to save.');
    else if (field.accept()) {
      const caption = isJson ? compact(field.value) : field.value;
      busily(form, form.querySelector('button:not([type])'), 'Saving…', () => put({caption}));
    }
  });
  form.querySelector('.regenerate')?.addEventListener('click', event =>
    busily(form, event.currentTarget, 'Writing…', () => put({regenerate_caption: true})));
}
