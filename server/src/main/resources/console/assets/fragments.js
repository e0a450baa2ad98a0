// Parts of pages, as the server renders them.

import {parsed, Refused} from './api.js';

/** The elements of a part of a page, and the answer's headers. Throws as `request` of api.js does. */
export async function fragment(path) {
  // The header has failures answered as JSON.
  const answer = await fetch(path, {headers: {Accept: 'text/html', 'HX-Request': 'true'}}).catch(() => {
    throw new Error('The server cannot be reached. Is the network there?');
  });
  const text = await answer.text();
  if (answer.status === 401) location.reload();
  if (!answer.ok) throw new Refused(answer.status, parsed(text));
  const template = document.createElement('template');
  // Rendered by the server with all data escaped; a template's content runs and loads nothing by itself.
  template.innerHTML = text;
  return {elements: [...document.importNode(template.content, true).children], headers: answer.headers};
}
