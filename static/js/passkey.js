// A passkey that did not work is told in words, next to the button, instead of in the console.
"use strict";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-passkey-problem]");
  if (place) place.hidden = false;
});
