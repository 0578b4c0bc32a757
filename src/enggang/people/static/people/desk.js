// Counts down beside the digits; the sentence of the server stays when this does not run.
const line = document.querySelector("[data-until]");
if (line) {
  const until = Date.parse(line.dataset.until);
  const sentence = line.textContent;
  const show = () => {
    const left = Math.max(0, Math.round((until - Date.now()) / 1000));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    line.textContent = left ? `${sentence} ${clock}` : line.dataset.ended;
    if (left) setTimeout(show, 1000);
  };
  show();
}
