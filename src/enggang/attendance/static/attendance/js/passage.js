// What a phone knows of people who come and go on one pass: what the list told, and what this phone did since. Pure.

// Scans of this phone that the list does not count yet: not brought, or brought after it was made.
function since(list, scans) {
  return scans.filter((scan) => (!scan.sent || scan.sentAt > list.server_time) && counts(scan));
}

function counts(scan) {
  return scan.result ? scan.result[0] === "accepted" : ["accepted", "held"].includes(scan.verdict);
}

// {inside, entered, device, at}: how many of this pass are inside, and came in in all, and who saw them last.
export function known(list, scans, pass, code, occasion) {
  const [inside, entered, at, device] = pass?.seen?.[occasion.code] ?? [0, 0, 0, ""];
  const found = { inside, entered, at, device };
  for (const scan of since(list, scans).filter((each) => each.code === code && each.occasion === occasion.code)) {
    found.inside = Math.max(0, found.inside + (scan.direction === "out" ? -scan.quantity : scan.quantity));
    if (scan.direction !== "out") found.entered += scan.quantity;
    Object.assign(found, { at: scan.at + scan.offset, device: scan.own });
  }
  return found;
}

// How many people are inside in all, as far as this phone knows.
export function insideNow(list, scans, occasion) {
  let people = list.passes.reduce((sum, pass) => sum + (pass.seen?.[occasion.code]?.[0] ?? 0), 0);
  for (const scan of since(list, scans).filter((each) => each.occasion === occasion.code)) {
    people += scan.direction === "out" ? -scan.quantity : scan.quantity;
  }
  return Math.max(0, people);
}

// How many may go this way still: those who are not in, or those who are.
export function left(pass, occasion, seen, direction) {
  const all = pass?.quantity ?? 1;
  if (direction === "out") return seen.inside;
  return Math.max(0, all - (occasion.re_entry ? seen.inside : seen.entered));
}
