/**
 * The scrolling box's measures, as last seen. Asking the browser for one after a change makes it lay
 * out everything at once, so they are read only when a scroll or a resize has been reported.
 */
export class Viewport {
  constructor(scroller, overview) {
    this.scroller = scroller;
    this.overview = overview;
    this.read();
  }

  read() {
    const style = getComputedStyle(this.scroller);
    this.rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    this.width =
      this.scroller.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    this.height = this.scroller.clientHeight;
    this.scrolled();
    const above = getComputedStyle(this.overview);
    this.padding = parseFloat(style.paddingTop);
    this.listTop =
      this.padding +
      (this.overview.hidden ? 0 : this.overview.offsetHeight + parseFloat(above.marginBottom));
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
