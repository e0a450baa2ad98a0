// Numbers as people read them.

const COUNT = new Intl.NumberFormat('en');

/** `4,812` */
export const count = number => COUNT.format(number);

/** `17.9 MB` */
export function bytes(number) {
  const power = Math.min(4, Math.floor(Math.log10(Math.max(1, number)) / 3));
  const value = number / 1000 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${['bytes', 'kB', 'MB', 'GB', 'TB'][power]}`;
}

/** `40 s`, `3 min` or `2 h 5 min` */
export function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How much of something was done in each second of the last few, from counts that are told now and then. */
export class Pace {
  #marks = [];

  /** Counts a mark, and gives what was done a second since the oldest that is kept; null where that is not known yet. */
  mark(done, now = performance.now()) {
    this.#marks = this.#marks.filter(mark => now - mark.now < 10_000 && mark.done <= done);
    this.#marks.push({done, now});
    const [first] = this.#marks;
    return now - first.now < 500 ? null : ((done - first.done) * 1000) / (now - first.now);
  }
}
