// Asks the optimizer. The token is in this tab's session storage and goes nowhere but into the Authorization header.

import { plain } from './dom.js';
import { texts } from './texts.js';

const KEY = 'mcp-optimizer.token';

/** A refusal: the status (0 for no answer) and the optimizer's sentence, in which strangers' names may stand. */
export class ApiError extends Error {
  constructor(status, sentence) {
    super(plain(sentence));
    this.status = status;
  }
}

export const session = {
  get token() {
    return sessionStorage.getItem(KEY);
  },
  set token(value) {
    if (value) {
      sessionStorage.setItem(KEY, value);
    } else {
      sessionStorage.removeItem(KEY);
    }
  },

  /** Told when the token does not open the host any more. */
  onRefused: () => {},
};

async function open(path, init, signal) {
  let response;
  try {
    response = await fetch(path, { ...init, signal, headers: { ...init.headers, Authorization: `Bearer ${session.token}` }, cache: 'no-store', credentials: 'omit', redirect: 'error' });
  } catch (fault) {
    throw fault.name === 'AbortError' ? fault : new ApiError(0, texts.errors.network);
  }

  if (response.ok) {
    return response;
  }

  const body = await response.json().catch(() => null);
  const error = new ApiError(response.status, typeof body?.error === 'string' ? body.error : texts.errors.status(response.status));
  if (response.status === 401) {
    session.onRefused(error);
  }

  throw error;
}

const send = async (path, init, signal) => (await open(path, init, signal)).json().catch(() => null);

/** GET with parameters; empty ones are left out. */
export function get(path, parameters = {}, signal = undefined) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false));
  return send(query.size > 0 ? `/api/${path}?${query}` : `/api/${path}`, {}, signal);
}

/** POST with a JSON body. */
export const post = (path, body, signal = undefined) => send(`/api/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }, signal);

/** Hears the kind of each event until the stream ends. */
export async function listen(hear, signal) {
  const response = await open('/api/events', {}, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }

    const lines = (rest + value).split('\n');
    rest = lines.pop();
    lines.filter(line => line.startsWith('event: ')).forEach(line => hear(line.slice('event: '.length)));
  }
}
