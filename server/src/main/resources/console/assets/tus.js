// Uploads a Blob by tus 1.0 (https://tus.io/protocols/resumable-upload), so that it goes on after a pause, a lost network, a
// closed laptop or a restarted server.

import {parsed} from './api.js';

const VERSION = {'Tus-Resumable': '1.0.0'};

/** What one request carries: small enough for the limits of proxies, large enough not to count. */
const SLICE_BYTES = 32 * 1024 * 1024;

const LONGEST_PAUSE = 30_000;

/** The blob cannot be read any more: its file was changed, moved or deleted. */
export class Unreadable extends Error {
  constructor() {
    super('The file has changed on this computer, or is gone. Choose it again.');
  }
}

/** An upload that the server refuses, in its words. */
export class UploadRefused extends Error {}

/** The upload was stopped from here: nobody waits for it any more. */
export class Stopped extends Error {}

/** What passes by itself. */
class Passing extends Error {}

export class TusUpload {
  #blob;
  #name;
  #key;
  #tell;
  #request = null;
  /** `going`, `paused` or `stopped`. */
  #state = 'going';
  /** Ends whatever is waited for. */
  #wake = () => {};

  /**
   * @param blob what to upload
   * @param name what to call it
   * @param fingerprint the same for the same content, so that an upload which was begun earlier is found and goes on
   * @param tell is called with `{sent, total, trouble}`; trouble is a sentence while the network is out, else null
   */
  constructor(blob, name, fingerprint, tell) {
    this.#blob = blob;
    this.#name = name;
    this.#key = `darkroom-upload:${fingerprint}`;
    this.#tell = tell;
  }

  /**
   * Uploads all that is missing, however long that takes, and gives the upload's id. Throws [Unreadable], [UploadRefused], or
   * [Stopped].
   */
  async run() {
    let url = localStorage.getItem(this.#key);
    for (let failures = 0; ; ) {
      await this.#whilePaused();
      try {
        let offset = url === null ? null : await this.#offset(url);
        if (offset === null) {
          url = await this.#create();
          offset = 0;
        }
        while (offset < this.#blob.size && this.#state === 'going') {
          this.#report(offset, null);
          offset = await this.#send(url, offset);
          failures = 0;
        }
        if (offset === this.#blob.size && this.#state !== 'stopped') {
          this.#report(offset, null);
          return Number(url.split('/').at(-1));
        }
      } catch (trouble) {
        if (trouble instanceof Unreadable || trouble instanceof UploadRefused) throw trouble;
        if (this.#state !== 'going') continue;
        const said = trouble instanceof Passing ? trouble.message : 'The server cannot be reached.';
        this.#report(null, `${said} The upload goes on by itself when it can.`);
        await this.#rest(Math.min(LONGEST_PAUSE, 1000 * 2 ** failures++));
      }
    }
  }

  pause() {
    this.#turn('paused');
  }

  resume() {
    this.#turn('going');
  }

  /** For good; what the server has is there for another one that goes on with it. */
  stop() {
    this.#turn('stopped');
  }

  /** Forgets the upload, which was used. */
  forget() {
    localStorage.removeItem(this.#key);
  }

  #turn(state) {
    this.#state = state;
    if (state !== 'going') this.#request?.abort();
    this.#wake();
  }

  #report(sent, trouble) {
    this.#tell({sent, total: this.#blob.size, trouble});
  }

  async #create() {
    const metadata = `filename ${base64(this.#name)}`;
    const answer = await fetch('/uploads', {
      method: 'POST',
      headers: {...VERSION, 'Upload-Length': String(this.#blob.size), 'Upload-Metadata': metadata},
    });
    if (answer.status !== 201) throw await refusal(answer.status, await answer.text());
    const url = new URL(answer.headers.get('Location'), location.href).pathname;
    localStorage.setItem(this.#key, url);
    return url;
  }

  /** How much the server has; null where it knows the upload no more. */
  async #offset(url) {
    const answer = await fetch(url, {method: 'HEAD', headers: VERSION});
    if (answer.status === 404 || answer.status === 410) return null;
    if (!answer.ok) throw refusal(answer.status, ''); // An answer to HEAD has no body.
    return Number(answer.headers.get('Upload-Offset'));
  }

  /** By XMLHttpRequest, for fetch does not tell how much of a body is sent. Gives the new offset. */
  async #send(url, offset) {
    // Read before it is sent: a file that has changed is then told apart from a network that is out.
    const bytes = await this.#blob.slice(offset, offset + SLICE_BYTES).arrayBuffer().catch(() => {
      throw new Unreadable();
    });
    if (this.#state !== 'going') return offset; // Meanwhile.
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.#request = request;
      request.open('PATCH', url);
      request.setRequestHeader('Tus-Resumable', VERSION['Tus-Resumable']);
      request.setRequestHeader('Upload-Offset', String(offset));
      request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
      request.upload.onprogress = event => this.#report(offset + event.loaded, null);
      request.onload = () => {
        if (request.status === 204) resolve(Number(request.getResponseHeader('Upload-Offset')));
        else reject(refusal(request.status, request.responseText));
      };
      request.onerror = () => reject(new Error('no answer'));
      request.onabort = () => reject(new Error('paused'));
      request.send(new Blob([bytes]));
    }).finally(() => (this.#request = null));
  }

  async #whilePaused() {
    while (this.#state === 'paused') await new Promise(resolve => (this.#wake = resolve));
    if (this.#state === 'stopped') throw new Stopped();
  }

  /** Less where the browser learns meanwhile that the network is back. */
  #rest(milliseconds) {
    return new Promise(resolve => {
      this.#wake = resolve;
      setTimeout(resolve, milliseconds);
      addEventListener('online', resolve, {once: true});
    });
  }
}

/**
 * A refusal is final, but for what passes: a line that is too slow, a conflict with a connection that is still dying, too many
 * calls, a server that is out.
 */
function refusal(status, text) {
  if (status === 408 || status === 409 || status === 423) return new Passing('The connection broke off.');
  const said = parsed(text).message ?? `The server answers with ${status}.`;
  if (status === 429 || status >= 500) return new Passing(said);
  if (status === 401) return new UploadRefused('You are signed out. Sign in in another tab, and start again here: it goes on where it was.');
  return new UploadRefused(said);
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
