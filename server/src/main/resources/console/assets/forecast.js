// What an upload would come to, as a preflight tells it.

import {count} from './numbers.js';

/** At most so many images of a kind are named. */
const NAMED = 5;

/** Shows the state of a preflight; null where it has only just begun. */
export function showForecast(section, status) {
  const headline = section.querySelector('h3');
  const list = section.querySelector('ul');
  const isOver = status?.status === 'completed';
  section.querySelector('#start-anyway').hidden = !isOver || status.done + status.undetermined === 0;
  list.replaceChildren();
  if (status === null || (!isOver && status.status !== 'failed')) {
    headline.textContent = `Looking at the ZIP… ${status?.progress_percentage ?? 0} %`;
  } else if (status.error) {
    headline.textContent = `An upload of this ZIP would fail: ${status.error.message}`;
  } else {
    const groups = groupsOf(status.failed_images);
    headline.textContent = summary(status, groups);
    for (const [, images] of groups) list.append(...images.slice(0, NAMED).map(line), ...rest(images.length - NAMED));
  }
}

function summary(status, groups) {
  const parts = [`${count(status.done)} good`];
  if (status.undetermined > 0) parts.push(`${count(status.undetermined)} not to be told yet`);
  for (const [type, images] of groups) parts.push(`${count(images.length)} ${words(type)}`);
  return `This ZIP: ${parts.join(', ')}. Start?`;
}

/** By type, the most first. */
function groupsOf(failed) {
  return [...Map.groupBy(failed, image => image.type)].sort(([, a], [, b]) => b.length - a.length);
}

/** `image.too-small` is `too small`. */
function words(type) {
  return type.slice(type.indexOf('.') + 1).replaceAll('-', ' ');
}

function line(image) {
  const item = document.createElement('li');
  const name = document.createElement('b');
  name.textContent = image.filename;
  item.append(name, ` ${image.error_message}`);
  return item;
}

function rest(more) {
  if (more <= 0) return [];
  const item = document.createElement('li');
  item.textContent = `and ${count(more)} more of this kind`;
  return [item];
}
