// @ts-check
// Outcomes in the order in which they arrive, until an end in time.
// Performs nothing.

/** @typedef {import('./wire.d.ts').Outcome} Outcome */

/** @param {number} end in milliseconds since the Unix epoch */
export function arrivals(end) {
  /** @type {Outcome[]} */
  const arrived = [];
  let expected = 0;
  let isOver = false;
  let wake = () => {};
  const timer = setTimeout(() => {
    isOver = true;
    wake();
  }, Math.max(0, end - Date.now()));

  return {
    /** @param {Promise<Outcome>} outcome */
    expect(outcome) {
      expected += 1;
      outcome.then((one) => {
        arrived.push(one);
        wake();
      });
    },

    /**
     * The next outcome; nothing when the time is over or no outcome is expected.
     * @returns {Promise<Outcome | undefined>}
     */
    async next() {
      while (arrived.length === 0 && expected > 0 && !isOver) await new Promise((resolve) => (wake = () => resolve(undefined)));
      if (isOver) return undefined;
      const outcome = arrived.shift();
      if (outcome) expected -= 1;
      return outcome;
    },

    isLate: () => isOver,
    close: () => clearTimeout(timer),
  };
}
