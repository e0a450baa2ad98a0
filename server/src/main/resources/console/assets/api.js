// The API, as a page calls it: with the session's cookie, JSON both ways.

/** What the API answers where it refuses: `message` says what to do. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.message ?? `The server answers with ${status}.`);
    this.status = status;
    this.type = body.type;
    this.details = body.error?.details;
  }
}

/** The answer's JSON; null where it has no body. Throws [Refused], or what fetch throws where nothing answers. */
export async function request(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: {Accept: 'application/json', ...(body === undefined ? {} : {'Content-Type': 'application/json'})},
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw new Error('The server cannot be reached. Is the network there?');
  });
  const text = await answer.text();
  if (answer.status === 401) location.reload(); // The session is over: the page asks to sign in.
  if (!answer.ok) throw new Refused(answer.status, parsed(text));
  return text === '' ? null : JSON.parse(text);
}

/** The JSON of a refusal. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // Not from this server: a proxy's page.
  }
}
