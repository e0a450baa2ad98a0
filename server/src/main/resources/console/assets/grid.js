// A grid of thousands of cells, of which the document holds the rows near the window only. What lies above and below is
// padding, so that the scrollbar is true and nothing shifts.

/** Rows that are kept above and below the window. */
const BEYOND = 3;
/** Pieces that are kept, so that memory is bounded however far one scrolls. */
const MAX_PIECES = 8;
const MAX_LOADS = 2;
/** What could not be loaded is asked for again after a while. */
const RETRY_AFTER = 5000;
/** Links to thumbnails live for an hour at least. */
const FRESH_FOR = 45 * 60 * 1000;

export class Grid {
  #list;
  #load;
  #prepare;
  #counted;
  #pieceSize;
  #pieces = new Map();
  #loading = new Set();
  #placeholders = [];
  /** Which list is shown: what comes for an earlier one is not wanted any more. */
  #generation = 0;
  #current = 0;
  #wantsFocus = false;
  #frame = null;
  #columns = 1;
  #rowHeight = 1;
  #gap = 0;

  /**
   * @param list the `ul`, with the first piece in it
   * @param load gives `{total, cells}` of a range, given by its offset and count
   * @param prepare is given each cell before it is shown
   * @param counted is told the total where it has changed
   */
  constructor(list, {total, pieceSize, load, prepare, counted}) {
    this.#list = list;
    this.#load = load;
    this.#prepare = prepare;
    this.#counted = counted;
    this.#pieceSize = pieceSize;
    this.total = total;
    this.#keep(0, [...list.children]);
    new ResizeObserver(() => this.#measured()).observe(list);
    addEventListener('scroll', () => this.#soon(), {passive: true});
    addEventListener('resize', () => this.#measured(), {passive: true});
    list.addEventListener('keydown', event => this.#press(event));
    list.addEventListener('focusin', event => this.#entered(event));
    this.#measured();
  }

  /** The cells that are in the document. */
  get shown() {
    return [...this.#list.children].filter(cell => cell.dataset.index !== undefined);
  }

  /** Scrolls a cell into view and focuses it. */
  moveTo(index, {focus = true} = {}) {
    if (this.total === 0) return;
    this.#current = Math.max(0, Math.min(this.total - 1, index));
    this.#reveal(this.#current);
    this.#render();
    if (!focus) return;
    this.#wantsFocus = true;
    if (!this.#focus()) this.#list.focus({preventScroll: true});
  }

  /** Asks anew for what is shown; what was there stays until it comes. */
  refresh() {
    for (const piece of this.#pieces.values()) piece.at = 0;
    this.#ask();
  }

  /** Shows another list, from its beginning. */
  async replace() {
    const generation = ++this.#generation;
    const {total, cells} = await this.#load(0, this.#pieceSize);
    if (generation !== this.#generation) return;
    this.#pieces.clear();
    this.total = total;
    this.#current = 0;
    this.#keep(0, cells);
    this.#counted(total);
    if (this.#list.getBoundingClientRect().top < 0) this.#list.scrollIntoView({block: 'start'});
    this.#measured();
  }

  #keep(number, cells) {
    this.#pieces.delete(number);
    this.#pieces.set(number, {at: Date.now(), cells});
    for (const cell of cells) this.#prepare(cell);
    for (const oldest of this.#pieces.keys()) {
      if (this.#pieces.size <= MAX_PIECES) break;
      this.#pieces.delete(oldest);
    }
  }

  #measured() {
    const cell = this.#list.firstElementChild;
    if (cell === null) return this.#render();
    const style = getComputedStyle(this.#list);
    this.#gap = parseFloat(style.rowGap) || 0;
    this.#columns = style.gridTemplateColumns.split(' ').length;
    this.#rowHeight = cell.offsetHeight + this.#gap;
    this.#render();
  }

  #soon() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#render();
    });
  }

  /** The range of indexes near the window, in whole rows. */
  #range() {
    const above = -this.#list.getBoundingClientRect().top / this.#rowHeight;
    const rows = Math.ceil(this.total / this.#columns);
    const first = Math.max(0, Math.min(rows - 1, Math.floor(above) - BEYOND));
    const last = Math.max(first, Math.min(rows, Math.ceil(above + innerHeight / this.#rowHeight) + BEYOND));
    return {first, last, rows, from: first * this.#columns, to: Math.min(this.total, last * this.#columns)};
  }

  #render() {
    const {first, last, rows, from, to} = this.#range();
    const wanted = [];
    let spare = 0;
    for (let index = from; index < to; index++) {
      wanted.push(this.#cell(index) ?? (this.#placeholders[spare++] ??= placeholder()));
    }
    const focused = this.#list.contains(document.activeElement);
    this.#patch(wanted);
    this.#list.style.paddingTop = `${first * this.#rowHeight}px`;
    this.#list.style.paddingBottom = `${(rows - last) * this.#rowHeight}px`;
    this.#rove(wanted);
    if (focused && !this.#list.contains(document.activeElement)) {
      // The cell with the focus is away from the window: the list keeps it until the cell is back.
      this.#wantsFocus = true;
      this.#list.focus({preventScroll: true});
    }
    if (this.#wantsFocus && document.activeElement === this.#list) this.#focus();
    this.#ask();
  }

  #patch(wanted) {
    const keep = new Set(wanted);
    for (const cell of [...this.#list.children]) if (!keep.has(cell)) cell.remove();
    let place = this.#list.firstElementChild;
    for (const cell of wanted) {
      if (cell === place) place = place.nextElementSibling;
      else this.#list.insertBefore(cell, place);
    }
  }

  /** One cell can be reached by Tab: the current one, or the first that is there. */
  #rove(wanted) {
    const real = wanted.filter(cell => cell.dataset.index !== undefined);
    const stop = real.find(cell => Number(cell.dataset.index) === this.#current) ?? real[0];
    for (const cell of real) cell.querySelector('a').tabIndex = cell === stop ? 0 : -1;
  }

  #cell(index) {
    return this.#pieces.get(Math.floor(index / this.#pieceSize))?.cells[index % this.#pieceSize];
  }

  /** Loads what is near the window, a few pieces at a time; what was scrolled past meanwhile is never asked for. */
  #ask() {
    const {from, to} = this.#range();
    for (let number = Math.floor(from / this.#pieceSize); number * this.#pieceSize < to; number++) {
      if (this.#loading.size >= MAX_LOADS) return;
      const piece = this.#pieces.get(number);
      if (this.#loading.has(number) || (piece && Date.now() - piece.at < FRESH_FOR)) continue;
      this.#loading.add(number);
      const generation = this.#generation;
      this.#load(number * this.#pieceSize, this.#pieceSize)
        .then(({total, cells}) => {
          if (generation !== this.#generation) return;
          if (total !== this.total) this.#changed(total);
          this.#keep(number, cells);
        })
        .catch(() => new Promise(resolve => setTimeout(resolve, RETRY_AFTER)))
        .finally(() => {
          this.#loading.delete(number);
          this.#soon();
        });
    }
  }

  /** Images have come or gone: every cell may have another place. */
  #changed(total) {
    this.total = total;
    this.#current = Math.max(0, Math.min(this.#current, total - 1));
    for (const piece of this.#pieces.values()) piece.at = 0;
    this.#counted(total);
  }

  #reveal(index) {
    const row = Math.floor(index / this.#columns);
    const top = this.#list.getBoundingClientRect().top + row * this.#rowHeight;
    const ceiling = parseFloat(getComputedStyle(this.#list).scrollMarginTop) || 0;
    if (top < ceiling) scrollBy(0, top - ceiling);
    else if (top + this.#rowHeight > innerHeight) scrollBy(0, top + this.#rowHeight - innerHeight);
  }

  #focus() {
    const link = this.#cell(this.#current)?.querySelector('a');
    if (!link?.isConnected) return false;
    this.#wantsFocus = false;
    link.focus({preventScroll: true});
    return true;
  }

  #entered(event) {
    const cell = event.target.closest('.cell');
    if (!cell || cell.dataset.index === undefined) return;
    this.#current = Number(cell.dataset.index);
    this.#rove([...this.#list.children]);
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(innerHeight / this.#rowHeight) - 1) * this.#columns;
    const steps = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -this.#columns, ArrowDown: this.#columns, PageUp: -page, PageDown: page};
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? this.total - 1 : this.#current + steps[event.key];
    if (Number.isNaN(to)) return;
    event.preventDefault();
    this.moveTo(to);
  }
}

function placeholder() {
  const cell = document.createElement('li');
  cell.className = 'cell waiting';
  cell.ariaHidden = 'true';
  return cell;
}
