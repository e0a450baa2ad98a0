// The caption in the lightbox: edited in place, checked as it is typed, written anew.

import {request} from './api.js';
import {showProblem, tell} from './console.js';
import {compact, fault} from './json-text.js';

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
  if (form) new Editor(view, form, reload, changed);
}

class Editor {
  #view;
  #form;
  #text;
  #reload;
  #changed;
  #busy = false;

  constructor(view, form, reload, changed) {
    this.#view = view;
    this.#form = form;
    this.#text = form.elements.caption;
    this.#reload = reload;
    this.#changed = changed;
    const draft = drafts.get(view.dataset.id);
    if (draft !== undefined) this.#text.value = draft;
    form.addEventListener('submit', event => {
      event.preventDefault();
      this.#save();
    });
    this.#text.addEventListener('input', () => this.#typed());
    this.#text.addEventListener('keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    form.querySelector('.revert').addEventListener('click', () => this.#revert());
    form.querySelector('.regenerate')?.addEventListener('click', event => this.#regenerate(event.currentTarget));
    this.#typed();
  }

  get #isChanged() {
    return this.#text.value !== this.#text.defaultValue;
  }

  #typed() {
    if (this.#isChanged) drafts.set(this.#view.dataset.id, this.#text.value);
    else drafts.delete(this.#view.dataset.id);
    this.#form.querySelector('.revert').disabled = !this.#isChanged;
    showProblem(this.#form, null);
    this.#check();
  }

  /** Says what keeps the text from being a caption; whether nothing does. */
  #check() {
    const said = this.#isChanged ? this.#fault() : null;
    this.#form.querySelector('.fault').textContent = said ?? '';
    if (said === null) this.#text.removeAttribute('aria-invalid');
    else this.#text.setAttribute('aria-invalid', 'true');
    return said === null;
  }

  #fault() {
    if (this.#text.value.trim() === '') return 'A caption is not empty.';
    if (this.#form.dataset.json !== 'true') return null;
    const wrong = fault(this.#text.value);
    return wrong && `Line ${wrong.line}, column ${wrong.column}: ${wrong.message}.`;
  }

  #revert() {
    this.#text.value = this.#text.defaultValue;
    this.#typed();
    this.#text.focus();
  }

  async #save() {
    if (!this.#isChanged) return tell('There is no change to save.');
    if (!this.#check()) return this.#text.focus();
    const text = this.#text.value;
    const caption = this.#form.dataset.json === 'true' ? compact(text) : text;
    await this.#put({caption}, this.#form.querySelector('button:not([type])'), 'Saving…');
  }

  async #regenerate(button) {
    await this.#put({regenerate_caption: true}, button, 'Writing…');
  }

  /** Sends a change, shows on its button that it goes on, and then what the server has. */
  async #put(body, button, busy) {
    if (this.#busy) return;
    this.#busy = true;
    const label = button.textContent;
    const before = this.#text.value;
    button.textContent = busy;
    button.ariaBusy = 'true';
    showProblem(this.#form, null);
    try {
      await request('PUT', this.#view.dataset.apiPath, body);
      await this.#saved(before);
    } catch (failure) {
      showProblem(this.#form, failure);
    } finally {
      this.#busy = false;
      button.ariaBusy = null;
      button.textContent = label;
    }
  }

  /** @param before what the text was when it was sent; what was typed since is left alone */
  async #saved(before) {
    const fresh = await this.#reload();
    for (const part of ['.source', '.departures']) {
      this.#view.querySelector(part).replaceWith(fresh.querySelector(part));
    }
    const typedSince = this.#text.value !== before;
    const now = this.#text.value;
    this.#text.defaultValue = fresh.querySelector('textarea').defaultValue;
    this.#text.value = typedSince ? now : this.#text.defaultValue;
    this.#typed();
    tell('The caption is saved.');
    this.#changed();
  }
}
