// A touch on the picture moves the sliders; every move shows at once how the crops will be cut.
const stage = document.querySelector("[data-focus]");
if (stage) {
  const picture = stage.querySelector(".focus__stage img");
  const point = stage.querySelector(".focus__point");
  const [x, y] = ["x", "y"].map((name) => stage.querySelector(`[name=${name}]`));
  const ratio = picture.width && Number(picture.getAttribute("width")) / Number(picture.getAttribute("height"));

  // How far along the free room a piece lies that is so large and goes around the chosen share, as the workshop cuts.
  const along = (share, piece) => (piece >= 1 ? 50 : (Math.min(Math.max(share - piece / 2, 0), 1 - piece) / (1 - piece)) * 100);

  function place() {
    point.hidden = false;
    point.style.left = `${x.value}%`;
    point.style.top = `${y.value}%`;
  }

  function draw() {
    place();
    for (const live of stage.querySelectorAll(".focus__live")) {
      live.hidden = false;
      const made = live.parentElement.querySelector(".focus__made");
      if (made) made.hidden = true;
      const { width, height } = live.parentElement.getBoundingClientRect();
      const shape = width / height;
      live.style.objectPosition = `${along(x.value / 100, shape / ratio)}% ${along(y.value / 100, ratio / shape)}%`;
    }
  }

  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    x.value = Math.round(((event.clientX - box.left) / box.width) * 100);
    y.value = Math.round(((event.clientY - box.top) / box.height) * 100);
    draw();
  });
  for (const slider of [x, y]) slider.addEventListener("input", draw);
  place();
  if (!stage.querySelector(".focus__made")) draw();
}
