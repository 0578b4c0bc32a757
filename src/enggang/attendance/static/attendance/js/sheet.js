document.getElementById("sheet-print")?.addEventListener("click", () => print());
