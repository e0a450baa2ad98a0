// The images that are chosen on the sheet, to do something with.

/** What makes a visual schema. */
const MIN = 5;
const MAX = 10;

/** Which images are chosen; kept while the tab is open, whatever is searched for. */
export class Chosen {
  #key;
  #ids;

  constructor(dataset) {
    this.#key = `chosen-${dataset}`;
    this.#ids = new Set(JSON.parse(sessionStorage.getItem(this.#key) ?? '[]'));
    this.#show();
  }

  mark(cell) {
    const pick = cell.querySelector('.pick');
    pick.checked = this.#ids.has(cell.dataset.id);
    cell.classList.toggle('picked', pick.checked);
  }

  take(pick) {
    const cell = pick.closest('.cell');
    if (pick.checked) this.#ids.add(cell.dataset.id);
    else this.#ids.delete(cell.dataset.id);
    cell.classList.toggle('picked', pick.checked);
    this.#show();
  }

  drop(id) {
    this.#ids.delete(String(id));
    this.#show();
  }

  onNone(then) {
    document.getElementById('choice-none').addEventListener('click', () => {
      this.#ids.clear();
      this.#show();
      then();
      document.getElementById('sheet').focus({preventScroll: true});
    });
  }

  #show() {
    sessionStorage.setItem(this.#key, JSON.stringify([...this.#ids]));
    const count = this.#ids.size;
    document.getElementById('choice').hidden = count === 0;
    document.getElementById('choice-count').textContent = `${count} chosen`;
    const schema = document.getElementById('choice-schema');
    if (!schema) return;
    const url = new URL(schema.href);
    url.searchParams.set('images', [...this.#ids].join(','));
    schema.href = url.href;
    schema.hidden = count < MIN || count > MAX;
    document.getElementById('choice-hint').hidden = !schema.hidden;
  }
}
