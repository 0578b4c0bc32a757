// <button data-copy="id of the text" data-copied="Copied">: puts the text on the clipboard and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  if (!source) return;
  if (await copied(source)) announce(button);
});

async function copied(source) {
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    return true;
  } catch {
    // No clipboard (plain http, old phone): select the text so that one more press copies it.
    getSelection().selectAllChildren(source);
    return false;
  }
}

function announce(button) {
  const words = button.querySelector("[aria-live]") ?? button;
  const before = (words.dataset.before ??= words.textContent);
  words.textContent = button.dataset.copied ?? before;
  setTimeout(() => (words.textContent = before), 2500);
}
