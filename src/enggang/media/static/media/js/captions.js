// One button writes the film's time into the row in hand: first where it begins, then where it ends, then the next row.
const form = document.querySelector("[data-captions]");
const film = document.querySelector("video");
const button = document.querySelector("[data-captions-from]"); // beside the film, which stays in view
if (form && film && button) {
  let row = null;

  const rows = () => [...form.querySelectorAll(".captions__row")];
  const field = (line, name) => line.querySelector(`[name=${name}]`);
  const next = () => (row && (!field(row, "mulai").value || !field(row, "selesai").value) ? row : rows().find((line) => !field(line, "mulai").value));
  const shown = (seconds) => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;
  const say = () => {
    const line = next();
    button.disabled = !line;
    button.textContent = line && field(line, "mulai").value ? button.dataset.captionsTo : button.dataset.captionsFrom;
  };

  form.addEventListener("focusin", (event) => {
    row = event.target.closest(".captions__row") ?? row;
    say();
  });
  form.addEventListener("input", say);
  button.addEventListener("click", () => {
    const line = next();
    if (!line) return;
    const begun = field(line, "mulai").value;
    field(line, begun ? "selesai" : "mulai").value = shown(film.currentTime);
    row = line;
    say();
    field(line, "teks").focus();
  });
  button.hidden = false;
  say();
}
