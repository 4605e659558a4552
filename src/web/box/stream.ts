/** A live stream of whole views. Says when the box has been away long enough to be worth a banner. */

const reconnectMs = 1500;
/** A blink of the network is no news. */
const awayAfterMs = 1200;

export interface StreamHandlers<T> {
  readonly onView: (view: T) => void;
  readonly onAway: (away: boolean) => void;
}

/** Opens `path` and keeps it open; EventSource gives up after a refusal, so that is retried here. Returns how to stop. */
export function openStream<T>(
  path: string,
  event: string,
  handlers: StreamHandlers<T>,
): () => void {
  let source: EventSource | null = null;
  let awayTimer = 0;
  let reconnectTimer = 0;

  const alive = (): void => {
    window.clearTimeout(awayTimer);
    awayTimer = 0;
    handlers.onAway(false);
  };
  const onData = (message: MessageEvent<string>): void => {
    alive();
    handlers.onView(JSON.parse(message.data) as T);
  };
  const connect = (): void => {
    source = new EventSource(path);
    source.addEventListener(event, onData);
    source.addEventListener("open", alive);
    source.addEventListener("error", () => {
      if (awayTimer === 0) awayTimer = window.setTimeout(() => handlers.onAway(true), awayAfterMs);
      if (source?.readyState !== EventSource.CLOSED) return;
      window.clearTimeout(reconnectTimer);
      reconnectTimer = window.setTimeout(connect, reconnectMs);
    });
  };

  connect();
  return () => {
    window.clearTimeout(awayTimer);
    window.clearTimeout(reconnectTimer);
    source?.close();
  };
}
