// What a person gives the page from this computer: a ZIP or a folder, and its way to the server.

import {chosen, dropped} from './dropped.js';
import {zipOf} from './folder-zip.js';
import {bytes, count, duration, Pace} from './numbers.js';
import {Stopped, TusUpload} from './tus.js';

const drop = document.getElementById('drop');
const transfer = document.getElementById('transfer');
const pause = document.getElementById('pause');

export class LocalUpload {
  #changed;
  #refused;
  /** `{blob, name, fingerprint}`; null for nothing. */
  #zip = null;
  /** The upload of it to the server. */
  #tus = null;
  /** Its id there, when it is through. */
  #staged = null;
  /** Grows with everything that is given or dismissed: what is being read for an earlier one is not wanted any more. */
  #turn = 0;
  /** The turn whose reading or sending goes on. */
  #working = null;

  /**
   * @param changed is told whether there is something now, when that has changed
   * @param refused is told why what was given cannot be taken
   */
  constructor({changed, refused}) {
    this.#changed = changed;
    this.#refused = refused;
    this.#acceptDrops();
    for (const input of drop.querySelectorAll('input[type="file"]')) {
      input.addEventListener('change', () => {
        this.#take(chosen(input.files));
        input.value = ''; // So that choosing the same file again is a change.
      });
    }
    for (const button of drop.querySelectorAll('[data-chooses]')) {
      button.addEventListener('click', () => document.getElementById(button.dataset.chooses).click());
    }
    document.getElementById('forget').addEventListener('click', () => this.forget());
    pause.addEventListener('click', () => this.#pauseOrResume());
  }

  get isThere() {
    return this.#zip !== null;
  }

  /** Whether it is being read or sent, which ends with the page. */
  get isBusy() {
    return this.#working === this.#turn;
  }

  /** Sends what is not on the server yet, and gives the upload's id. Throws [Stopped] where it is dismissed meanwhile. */
  async sent() {
    if (this.#staged !== null) return this.#staged;
    const {blob, name, fingerprint} = this.#zip;
    const pace = new Pace();
    this.#tus = new TusUpload(blob, name, fingerprint, progress => this.#report(progress, pace));
    pause.textContent = 'Pause';
    pause.hidden = false;
    try {
      this.#staged = await this.#during(this.#tus.run());
    } finally {
      pause.hidden = true;
    }
    say(`${bytes(blob.size)} are on the server.`);
    return this.#staged;
  }

  /** Has all of it sent anew the next time: the server has used or lost what it had. */
  forgetUpload() {
    this.#tus?.forget();
    this.#staged = null;
  }

  /** Back to nothing given. */
  forget() {
    this.#turn++;
    this.#tus?.stop();
    this.#zip = this.#tus = this.#staged = null;
    drop.hidden = false;
    transfer.hidden = true;
    transfer.classList.remove('paused');
    this.#changed(false);
  }

  #acceptDrops() {
    for (const kind of ['dragenter', 'dragover']) {
      document.addEventListener(kind, event => {
        event.preventDefault();
        drop.classList.add('over');
      });
    }
    document.addEventListener('dragleave', event => {
      if (event.relatedTarget === null) drop.classList.remove('over');
    });
    document.addEventListener('drop', event => {
      event.preventDefault();
      drop.classList.remove('over');
      this.#take(dropped(event.dataTransfer));
    });
  }

  /** Takes what is given, and reads a folder into a ZIP. */
  async #take(given) {
    let turn = this.#turn;
    try {
      const found = await given;
      if (found === null) return;
      this.forget();
      turn = this.#turn;
      drop.hidden = true;
      transfer.hidden = false;
      const zip = found.file ? fileGiven(found.file) : await this.#folder(found, turn);
      if (turn !== this.#turn) return;
      this.#zip = zip;
      transfer.querySelector('.name').textContent = zip.name;
      show({sent: 0, total: zip.blob.size});
      say('Ready.');
      this.#changed(true);
    } catch (failure) {
      if (turn !== this.#turn) return;
      this.forget();
      this.#refused(failure);
    }
  }

  async #folder({name, files}, turn) {
    transfer.querySelector('.name').textContent = name;
    say(`Reading ${count(files.length)} files…`);
    const made = await this.#during(zipOf(files, (read, total) => {
      if (turn !== this.#turn) throw new Stopped();
      show({sent: read, total});
    }));
    return {...made, name: `${name}.zip`};
  }

  /** Waits for what ends with the page. */
  async #during(work) {
    const turn = this.#turn;
    this.#working = turn;
    try {
      return await work;
    } finally {
      if (this.#working === turn) this.#working = null;
    }
  }

  #pauseOrResume() {
    const pausing = pause.textContent === 'Pause';
    pause.textContent = pausing ? 'Resume' : 'Pause';
    transfer.classList.toggle('paused', pausing);
    if (pausing) {
      this.#tus.pause();
      say('Paused. It goes on from here, also after this page was closed: choose the same file again then.');
    } else {
      this.#tus.resume();
    }
  }

  #report(progress, pace) {
    show(progress);
    if (progress.trouble !== null) return say(progress.trouble);
    const rate = pace.mark(progress.sent);
    const left = rate > 0 ? `, ${bytes(rate)}/s, ${duration((progress.total - progress.sent) / rate)} left` : '';
    say(`${bytes(progress.sent)} of ${bytes(progress.total)}${left}`);
  }
}

function fileGiven(file) {
  return {blob: file, name: file.name, fingerprint: `${file.name}:${file.size}:${file.lastModified}`};
}

/** Where it is not known how much was sent, the bar stays where it is. */
function show({sent, total}) {
  const bar = transfer.querySelector('progress');
  bar.max = Math.max(1, total);
  if (sent !== null) bar.value = sent;
}

function say(text) {
  transfer.querySelector('.said').textContent = text;
}
