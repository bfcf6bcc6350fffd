// Follows what changes: the optimizer says when, and where it cannot say so it is asked again and again.

import { listen } from './api.js';
import { notice } from './dom.js';

// Something between here and the optimizer holds a stream back that says nothing in this time.
const FIRST_NEWS = 3000;
const NEXT_STREAM = 15000;

// What is shown as "a minute ago" ages without news.
const AGING = 60000;

const sleep = time => new Promise(resolve => setTimeout(resolve, time));

/**
 * Looks at once, whenever there is news of that kind, and every so often where there is no stream; until the page is left, and not while nobody sees it.
 * A fault stands above what was shown last. Gives a function that looks now.
 */
export function follow(body, { kind, every, signal }, look) {
  let isLive = false;
  let isDue = true;
  let wake = () => {};
  const now = () => {
    isDue = true;
    wake();
  };
  document.addEventListener('visibilitychange', now, { signal });
  signal.addEventListener('abort', () => wake());
  hear();
  run();
  return now;

  async function run() {
    while (!signal.aborted) {
      if (isDue && !document.hidden) {
        isDue = false;
        await lookOnce();
      }

      const woken = new Promise(resolve => { wake = resolve; });
      if (!isDue || document.hidden) {
        const timer = setTimeout(now, isLive ? AGING : every);
        await woken;
        clearTimeout(timer);
      }
    }
  }

  async function lookOnce() {
    try {
      await look();
    } catch (fault) {
      if (fault.name !== 'AbortError' && !body.querySelector('.notice.bad')) {
        body.prepend(notice('bad', fault.message));
      }
    }
  }

  // A browser has few connections to one host: a page that nobody sees keeps none.
  async function hear() {
    while (!signal.aborted) {
      if (!document.hidden) {
        const stream = new AbortController();
        const end = () => stream.abort();
        signal.addEventListener('abort', end, { signal: stream.signal });
        document.addEventListener('visibilitychange', end, { signal: stream.signal });
        const late = setTimeout(end, FIRST_NEWS);
        try {
          await listen(word => {
            clearTimeout(late);
            isLive = true;
            if (word === kind) {
              now();
            }
          }, stream.signal);
        } catch {
          // Then it is asked again and again, which says what is wrong.
        }

        clearTimeout(late);
        end();
        isLive = false;
        wake();
      }

      await sleep(document.hidden ? every : NEXT_STREAM);
    }
  }
}
