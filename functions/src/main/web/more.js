/** How long after a frame it is on the screen, and what came in meanwhile has been seen to. */
const AFTER_FRAME = 20;

/** How long after the last scroll a reader is taken to rest. */
const PAUSE = 200;

/** Sees to what is not in sight at a time when that keeps nothing in sight waiting. */
export class More {
  constructor(work) {
    this.work = work;
  }

  /**
   * Once the coming frame has been painted. Any later, when the reader types on, the next letter might
   * have to wait for a frame of this.
   */
  next() {
    this.cancel();
    this.frame = requestAnimationFrame(() => {
      this.timer = setTimeout(this.work, AFTER_FRAME);
    });
  }

  /** When the reader has stopped scrolling, for every scroll changes what is in sight. */
  soon() {
    this.cancel();
    this.timer = setTimeout(this.work, PAUSE);
  }

  cancel() {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.timer);
  }
}
