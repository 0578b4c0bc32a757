document.getElementById("counter-print")?.addEventListener("click", () => print());
