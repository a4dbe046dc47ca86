/** How long after a frame it is on the screen, and what came in meanwhile has been seen to. */
const AFTER_FRAME = 20;

/** How long after the last scroll a reader is taken to rest. */
const PAUSE = 200;

/** Draws what is not in sight at a time when that keeps nothing in sight waiting. */
export class IdleDrawing {
  constructor(draw) {
    this.draw = draw;
  }

  /**
   * Once the coming frame has been painted. Any later, when the reader types on, the next letter might
   * have to wait for a frame of this.
   */
  afterFrame() {
    this.cancel();
    this.frame = requestAnimationFrame(() => {
      this.timer = setTimeout(this.draw, AFTER_FRAME);
    });
  }

  /** When the reader has stopped scrolling, for every scroll changes what is in sight. */
  afterScrolling() {
    this.cancel();
    this.timer = setTimeout(this.draw, PAUSE);
  }

  cancel() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
  }
}
