// JSON while it is typed: what is wrong with it, and where.

/** The server's own bound. */
const MAX_DEPTH = 64;
const NUMBER = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null/y;
const SPACE = /[ \t\n\r]*/y;

/** Null where the text is a JSON object; else `{line, column, message}` of the first thing that is wrong. */
export function fault(text) {
  const reader = new Reader(text);
  try {
    reader.whole();
    return null;
  } catch (wrong) {
    if (!(wrong instanceof Wrong)) throw wrong;
    const before = text.slice(0, wrong.at).split('\n');
    return {line: before.length, column: before.at(-1).length + 1, message: wrong.message};
  }
}

/** The same JSON without the space that is between its parts. */
export function compact(text) {
  return text.replace(/"(?:[^"\\]|\\.)*"|\s+/g, part => (part.startsWith('"') ? part : ''));
}

class Wrong extends Error {
  constructor(at, message) {
    super(message);
    this.at = at;
  }
}

class Reader {
  #text;
  #at = 0;
  #depth = 0;

  constructor(text) {
    this.#text = text;
  }

  whole() {
    this.#space();
    if (this.#text[this.#at] !== '{') this.#wrong('a JSON object begins with {');
    this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#wrong('nothing may follow the closing }');
  }

  #value() {
    this.#space();
    const first = this.#text[this.#at];
    if (first === '{') this.#members('}', () => this.#pair());
    else if (first === '[') this.#members(']', () => this.#value());
    else if (first === '"') this.#string();
    else if (!this.#take(NUMBER) && !this.#take(WORD)) this.#wrong(notAValue(first));
  }

  #members(end, member) {
    if (++this.#depth > MAX_DEPTH) this.#wrong(`deeper than ${MAX_DEPTH} levels`);
    const start = this.#at++;
    this.#space();
    if (this.#text[this.#at] === end) this.#at++;
    else {
      for (;;) {
        member();
        this.#space();
        const next = this.#text[this.#at];
        if (next === undefined) this.#wrong(`${this.#text[start]} of line ${this.#line(start)} is not closed by ${end}`);
        if (next !== ',' && next !== end) this.#wrong(`a comma or ${end} is missing before this`);
        this.#at++;
        if (next === end) break;
        this.#space();
        if (this.#text[this.#at] === end) this.#wrong(`there is a comma before ${end}`);
      }
    }
    this.#depth--;
  }

  #pair() {
    this.#space();
    if (this.#text[this.#at] !== '"') this.#wrong('a key in double quotes is expected');
    this.#string();
    this.#space();
    if (this.#text[this.#at] !== ':') this.#wrong('a colon is missing behind the key');
    this.#at++;
    this.#value();
  }

  #string() {
    if (!this.#take(STRING)) this.#wrong('this text is not closed on its line, or holds a wrong escape');
  }

  #space() {
    this.#take(SPACE);
  }

  #take(pattern) {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #line(at) {
    return this.#text.slice(0, at).split('\n').length;
  }

  #wrong(message) {
    throw new Wrong(this.#at, message);
  }
}

function notAValue(first) {
  if (first === undefined) return 'a value is missing at the end';
  return first === "'" ? 'texts are in double quotes' : 'a value is expected';
}
