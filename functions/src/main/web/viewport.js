/**
 * The scrolling box's measures, as last seen. Asking the browser for one after a change makes it lay
 * out everything at once, so they are read only when a scroll or a resize has been reported.
 */
export class Viewport {
  constructor(scroller, overview, chipRow) {
    this.scroller = scroller;
    this.overview = overview;
    this.chipRow = chipRow;
    this.chipsHeight = 0;
    this.read();
  }

  read() {
    const style = getComputedStyle(this.scroller);
    this.rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.outerWidth = this.scroller.clientWidth;
    this.width = this.outerWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    this.height = this.scroller.clientHeight;
    this.chipsHeight = this.chipRow.offsetHeight || this.chipsHeight;
    this.scrolled();
    const above = getComputedStyle(this.overview);
    this.padding = parseFloat(style.paddingTop);
    this.listTop =
      this.padding +
      (this.overview.hidden ? 0 : this.overview.offsetHeight + parseFloat(above.marginBottom));
  }

  /**
   * The line of chips comes or goes, as high as it was last, and the list gives or takes the room:
   * told before it is laid out, so that what is drawn next fills it.
   */
  chipsToggled(shown) {
    this.height += shown ? -this.chipsHeight : this.chipsHeight;
  }

  /** Whether the list has the room that it was last known, or told, to have. */
  get isAsTold() {
    return this.scroller.clientHeight === this.height && this.scroller.clientWidth === this.outerWidth;
  }

  scrolled() {
    this.top = this.scroller.scrollTop;
    this.left = this.scroller.scrollLeft;
  }

  scrollTo(top) {
    if (top !== this.top) {
      this.scroller.scrollTop = top;
      this.top = this.scroller.scrollTop;
    }
  }
}
