// Draw a name with a finger or a pen. What is drawn goes along with the form as the points of a line; without this
// file, or with a keyboard, one types the name instead.
for (const pad of document.querySelectorAll("[data-signature]")) {
  const canvas = pad.querySelector("canvas");
  const kept = pad.querySelector("input");
  const paint = canvas.getContext("2d");
  const [width, height] = [canvas.width, canvas.height];
  const most = 19000;
  let drawing = false;
  let last = null;

  const draw = () => {
    paint.clearRect(0, 0, width, height);
    paint.lineWidth = 4;
    paint.lineCap = paint.lineJoin = "round";
    paint.strokeStyle = "#26221c";
    paint.stroke(new Path2D(kept.value));
  };
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    const keep = (value, end) => Math.max(0, Math.min(end, Math.round(value)));
    return [
      keep(((event.clientX - box.left) / box.width) * width, width),
      keep(((event.clientY - box.top) / box.height) * height, height),
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = true;
    last = point(event);
    kept.value += `M${last[0]} ${last[1]}`;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing || kept.value.length > most) return;
    const [x, y] = point(event);
    if (Math.abs(x - last[0]) + Math.abs(y - last[1]) < 3) return;
    last = [x, y];
    kept.value += `L${x} ${y}`;
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (drawing = false));
  pad.querySelector("[data-clear]").addEventListener("click", () => {
    kept.value = "";
    draw();
  });
  draw();
}
