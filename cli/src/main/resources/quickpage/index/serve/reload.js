"use strict";
// Reloads the page when an index was published since it was loaded. Only the server on this machine adds this script.
(() => {
  const seen = new URL(document.currentScript.src).searchParams.get("seen");
  const look = () => {
    const image = new Image();
    image.onload = () => location.reload();
    image.onerror = () => setTimeout(look, 1000);
    image.src = `/.quickpage-index/changed.gif?seen=${seen}&at=${Date.now()}`;
  };
  setTimeout(look, 1000);
})();
