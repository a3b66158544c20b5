// The stream of the server's events, which survives sleep and restarts of the server.

/**
 * @typedef {{id: string, data: string}} Heard the id of the newest snapshot and the data of the event
 */

// The server says that it is alive every 15 seconds.
const deaf = 40_000;
const look = 5_000;

export class Stream {
  /** @type {EventSource | undefined} */
  #source;
  #heardAt = 0;
  #timer = 0;
  #hear;

  /** @param {(heard: Heard) => void} hear is told of each event */
  constructor(hear) {
    this.#hear = hear;
  }

  get open() {
    return this.#source !== undefined;
  }

  start() {
    this.stop();
    this.#heardAt = Date.now();
    this.#timer = setInterval(() => this.#watch(), look);
    const source = new EventSource("/_faultline/events");
    this.#source = source;
    source.addEventListener("alive", () => (this.#heardAt = Date.now()));
    source.onmessage = ({ lastEventId, data }) => {
      this.#heardAt = Date.now();
      this.#hear({ id: lastEventId, data });
    };
    source.onerror = () => {
      // Browsers try again by themselves unless they were refused.
      if (source.readyState === EventSource.CLOSED && source === this.#source) setTimeout(() => source === this.#source && this.start(), 1000);
    };
  }

  stop() {
    clearInterval(this.#timer);
    this.#source?.close();
    this.#source = undefined;
  }

  // A machine that slept, or a network that forgot, leaves a stream that is open and silent.
  #watch() {
    if (Date.now() - this.#heardAt > deaf) this.start();
  }
}
