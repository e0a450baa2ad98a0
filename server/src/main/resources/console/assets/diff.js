// What differs between two texts, line by line.

/** `[{mark: ' ' | '-' | '+', line}]`, by the longest common subsequence of lines. */
export function diff(before, after) {
  const a = before.split('\n');
  const b = after.split('\n');
  // common[i][j] is how many lines a from i on and b from j on have in common, in order.
  const common = Array.from({length: a.length + 1}, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({mark: ' ', line: a[i++]});
      j++;
    } else if (j === b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) {
      lines.push({mark: '-', line: a[i++]});
    } else lines.push({mark: '+', line: b[j++]});
  }
  return lines;
}
