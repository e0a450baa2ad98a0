// A field for JSON that is checked as it is typed.

import {showProblem} from './console.js';
import {fault} from './json-text.js';

export class JsonField {
  #form;
  #text;
  #isJson;

  /**
   * @param text the textarea, in a form with a `.fault`, a `.problem` and a `.revert`
   * @param isJson false: any text will do that is not blank
   * @param typed is told after each change, by whatever it came
   */
  constructor(text, {isJson = true, typed = () => {}} = {}) {
    this.#form = text.form;
    this.#text = text;
    this.#isJson = isJson;
    this.typed = typed;
    text.addEventListener('input', () => this.#changed());
    text.addEventListener('keydown', event => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.#form.requestSubmit();
    });
    this.#form.querySelector('.revert').addEventListener('click', () => {
      this.value = text.defaultValue;
      text.focus();
    });
  }

  get value() {
    return this.#text.value;
  }

  set value(value) {
    this.#text.value = value;
    this.#changed();
  }

  get isChanged() {
    return this.#text.value !== this.#text.defaultValue;
  }

  /** Takes what the server has for what is there to go back to. */
  settle(value) {
    this.#text.defaultValue = value;
  }

  /** Whether the text can be saved; says why not, and goes there. */
  accept() {
    if (this.#check()) return true;
    this.#text.focus();
    return false;
  }

  #changed() {
    this.#form.querySelector('.revert').disabled = !this.isChanged;
    showProblem(this.#form, null);
    this.#check();
    this.typed();
  }

  #check() {
    const said = this.isChanged ? this.#fault() : null;
    this.#form.querySelector('.fault').textContent = said ?? '';
    if (said === null) this.#text.removeAttribute('aria-invalid');
    else this.#text.setAttribute('aria-invalid', 'true');
    return said === null;
  }

  #fault() {
    if (this.#text.value.trim() === '') return 'It is empty.';
    const wrong = this.#isJson ? fault(this.#text.value) : null;
    return wrong && `Line ${wrong.line}, column ${wrong.column}: ${wrong.message}.`;
  }
}
